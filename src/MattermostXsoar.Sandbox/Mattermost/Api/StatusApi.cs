using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Whether people are online.</summary>
internal static class StatusApi
{
    private static readonly string[] Statuses = ["online", "away", "offline", "dnd"];

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/users/{}/status",
            call =>
            {
                var id = Demand.UserId(call, 0);
                if (world.Version.UnknownUsersAreOffline && !world.TryUser(id, out _))
                    return new Answer(200, Json.Bytes(id, UserJson.WriteNoStatus));
                var user = Demand.User(world, id);
                return new Answer(200, world.Locked(() => Json.Bytes(user, UserJson.WriteStatus)));
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/status/custom",
            call =>
            {
                var user = Own(world, call);
                if (call.Json is not { ValueKind: JsonValueKind.Object } json)
                    throw MattermostException.BodyParameter("custom_status");
                world.SetCustomStatus(
                    user,
                    json.Text("emoji") ?? "",
                    json.Text("text") ?? "",
                    json.Text("duration") ?? "",
                    json.Text("expires_at") ?? ""
                );
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "DELETE",
            "/api/v4/users/{}/status/custom",
            call =>
            {
                world.RemoveCustomStatus(Own(world, call));
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/status/custom/recent/delete",
            call =>
            {
                Own(world, call);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/typing",
            call =>
            {
                Own(world, call);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/status/ids",
            call =>
            {
                var ids = UsersApi.Strings(call, "user_ids").Distinct().ToList();
                if (world.Version.UnknownUsersAreOffline && !ids.TrueForAll(Ids.IsValid))
                    throw MattermostException.BodyParameter("user_ids");
                // Users whose status is not known come last.
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            ids.OrderBy(id => !world.TryUser(id, out var user) || user.LastActivityAt == 0),
                            (writer, id) =>
                            {
                                if (world.Version.UnknownUsersAreOffline && !world.TryUser(id, out _))
                                    UserJson.WriteNoStatus(writer, id);
                                else
                                    UserJson.WriteStatus(writer, Demand.User(world, id));
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/status",
            call =>
            {
                var id = Demand.UserId(call, 0);
                var status = call.Json?.Text("status");
                if (call.Json?.Text("user_id") != id)
                    throw MattermostException.BodyParameter("user_id");
                if (!Statuses.Contains(status))
                    throw MattermostException.BodyParameter("status");
                if (id != call.User.Id)
                    Demand.SystemAdmin(call, "edit_other_users");
                var user = Demand.User(world, id);
                world.SetStatus(
                    user,
                    status!,
                    status == "dnd"
                    && call.Json!.Value.TryGetProperty("dnd_end_time", out var end)
                    && end.TryGetInt64(out var seconds)
                        ? seconds
                        : null
                );
                return new Answer(200, world.Locked(() => Json.Bytes(user, UserJson.WriteStatus)));
            }
        );
    }

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return Demand.User(world, id);
    }
}
