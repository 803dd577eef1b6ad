using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Accounts: create, change, deactivate, delete.</summary>
internal static class AccountsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "POST",
            "/api/v4/users",
            call =>
            {
                var json = Object(call, "user");
                return One(
                    world,
                    world.CreateUserCore(
                        new NewUserRequest(json.Text("username") ?? "", json.Text("email") ?? "")
                        {
                            FirstName = json.Text("first_name") ?? "",
                            LastName = json.Text("last_name") ?? "",
                            Nickname = json.Text("nickname") ?? "",
                            Password = json.Text("password") ?? "",
                        }
                    ),
                    201
                );
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/patch",
            call =>
            {
                var user = Own(world, call);
                var json = Object(call, "user");
                if (json.Text("username") is { } username)
                    world.RenameUser(user, username);
                world.Patch(
                    user,
                    it =>
                    {
                        it.Nickname = json.Text("nickname") ?? it.Nickname;
                        it.FirstName = json.Text("first_name") ?? it.FirstName;
                        it.LastName = json.Text("last_name") ?? it.LastName;
                        it.Position = json.Text("position") ?? it.Position;
                    }
                );
                return One(world, user, 200);
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/active",
            call =>
            {
                var active =
                    call.Json is { ValueKind: JsonValueKind.Object } json
                    && json.TryGetProperty("active", out var given)
                    && given.ValueKind is JsonValueKind.True or JsonValueKind.False
                        ? given.ValueKind == JsonValueKind.True
                        : throw MattermostException.BodyParameter("active");
                world.SetActive(Own(world, call).Id, active);
                world.AnnounceActivation();
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "DELETE",
            "/api/v4/users/{}",
            call =>
            {
                var user = Own(world, call);
                if (call.Query("permanent") == "true")
                    world.Erase(user);
                else
                    world.SetActive(user.Id, false);
                return Answer.StatusOk;
            }
        );
    }

    private static JsonElement Object(ApiCall call, string name) =>
        call.Json is { ValueKind: JsonValueKind.Object } json ? json : throw MattermostException.BodyParameter(name);

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var user = Demand.User(world, Demand.UserId(call, 0));
        if (user != call.User)
            Demand.SystemAdmin(call, "edit_other_users");
        return user;
    }

    private static Answer One(MattermostWorld world, SandboxUser user, int status) =>
        new(status, world.Locked(() => Json.Bytes(user, static (writer, it) => UserJson.Write(writer, it, true))));
}
