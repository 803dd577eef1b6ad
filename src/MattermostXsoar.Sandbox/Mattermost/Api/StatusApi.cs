using MattermostXsoar.Sandbox.Hosting;
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
                var user = Demand.User(world, Demand.UserId(call, 0));
                return new Answer(200, world.Locked(() => Json.Bytes(user, UserJson.WriteStatus)));
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/status/ids",
            call =>
            {
                var users = UsersApi.Strings(call, "user_ids").Select(id => Demand.User(world, id)).Distinct().ToList();
                // Users whose status is not known come last.
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(users.OrderBy(static user => user.LastActivityAt == 0), UserJson.WriteStatus)
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
                world.SetStatus(user, status!);
                return new Answer(200, world.Locked(() => Json.Bytes(user, UserJson.WriteStatus)));
            }
        );
    }
}
