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
                DemandStrong(world, json.Text("password") ?? "");
                return One(
                    world,
                    world.CreateUserCore(
                        new NewUserRequest(
                            (json.Text("username") ?? "").ToLowerInvariant(),
                            (json.Text("email") ?? "").ToLowerInvariant()
                        )
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
                Change(world, user, json);
                return One(world, user, 200);
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}",
            call =>
            {
                var user = Own(world, call);
                var json = Object(call, "user");
                if (json.Text("id") != user.Id)
                    throw MattermostException.BodyParameter("user_id");
                Change(world, user, json);
                return One(world, user, 200);
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/password",
            call =>
            {
                var user = Own(world, call);
                DemandStrong(world, call.Json?.Text("new_password") ?? "");
                if (user == call.User && call.Json?.Text("current_password") != user.Password)
                    throw new MattermostException(
                        400,
                        "api.user.update_password.incorrect.app_error",
                        "The \"Current Password\" you entered is incorrect. Please check that Caps Lock is off and try again."
                    );
                user.Password = call.Json!.Value.Text("new_password")!;
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/demote",
            static call =>
            {
                Demand.SystemAdmin(call, "demote_to_guest");
                throw new MattermostException(
                    501,
                    "api.team.demote_user_to_guest.license.error",
                    "Your license does not support guest accounts"
                );
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

    private static void Change(MattermostWorld world, SandboxUser user, JsonElement json)
    {
        if (json.Text("username") is { } username)
        {
            world.DemandUsername(username, user.Id);
            world.RenameUser(user, username);
        }
        world.Patch(
            user,
            it =>
            {
                it.Nickname = json.Text("nickname") ?? it.Nickname;
                it.FirstName = json.Text("first_name") ?? it.FirstName;
                it.LastName = json.Text("last_name") ?? it.LastName;
                it.Position = json.Text("position") ?? it.Position;
                it.Locale = json.Text("locale") ?? it.Locale;
                it.TimeZone = Texts(json, "timezone") ?? it.TimeZone;
                it.NotifyProps = Texts(json, "notify_props") ?? it.NotifyProps;
            }
        );
    }

    private static SortedDictionary<string, string>? Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var given) && given.ValueKind == JsonValueKind.Object
            ? new SortedDictionary<string, string>(
                given.EnumerateObject().ToDictionary(static it => it.Name, static it => it.Value.ToString()),
                StringComparer.Ordinal
            )
            : null;

    /// <summary>Refuses a short password, as the default settings of a new server do.</summary>
    private static void DemandStrong(MattermostWorld world, string password)
    {
        if (world.Version.ShortestPassword > password.Length)
            throw new MattermostException(
                400,
                "model.user.is_valid.pwd_min_length.app_error",
                $"Your password must contain at least {world.Version.ShortestPassword} characters."
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
        new(
            status,
            world.Locked(() => Json.Bytes(user, (writer, it) => world.UserJson.Write(writer, it, UserView.Self)))
        );
}
