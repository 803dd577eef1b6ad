using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/users</c>.</summary>
internal static class UsersApi
{
    private static readonly string[] Sorts = ["", "last_activity_at", "create_at", "status", "admin"];

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", "/api/v4/users", call => List(world, call));
        routes.Map("GET", "/api/v4/users/me", static call => new Answer(200, Json.Bytes(call.User, static (writer, it) => UserJson.Write(writer, it, true))));
        routes.Map("GET", "/api/v4/users/{}", call =>
        {
            var id = Demand.UserId(call, 0);
            return One(Demand.User(world, id), id == call.User.Id);
        });
        routes.Map("GET", "/api/v4/users/username/{}", call => ByUsername(world, call));
        routes.Map("GET", "/api/v4/users/email/{}", call => ByEmail(world, call));
        routes.Map("POST", "/api/v4/users/ids", call =>
        {
            var ids = Strings(call, "user_ids");
            return Many(ids.Select(id => world.TryUser(id, out var user) && user.Id == id ? user : null));
        });
        routes.Map("POST", "/api/v4/users/usernames", call =>
        {
            var names = Strings(call, "usernames");
            return Many(names.Select(name => world.TryUser(name, out var user) && user.Username == name ? user : null));
        });
        routes.Map("GET", "/api/v4/users/{}/status", call =>
        {
            var user = Demand.User(world, Demand.UserId(call, 0));
            return new Answer(200, Json.Bytes(user, static (writer, it) =>
            {
                writer.WriteStartObject();
                writer.WriteString("user_id"u8, it.Id);
                writer.WriteString("status"u8, it.Status);
                writer.WriteBoolean("manual"u8, false);
                writer.WriteNumber("last_activity_at"u8, it.UpdateAt);
                writer.WriteNumber("dnd_end_time"u8, 0);
                writer.WriteEndObject();
            }));
        });
    }

    /// <summary>A JSON array of strings, as several calls take it.</summary>
    public static List<string> Strings(ApiCall call, string name)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Array } json || json.GetArrayLength() == 0)
            throw MattermostException.BodyParameter(name);
        return [.. json.EnumerateArray().Select(static it => it.ToString())];
    }

    private static Answer One(SandboxUser user, bool self) => new(200, Json.Bytes((user, self), static (writer, it) => UserJson.Write(writer, it.user, it.self)));

    private static Answer Many(IEnumerable<SandboxUser?> users) =>
        new(200, Json.Array(users.OfType<SandboxUser>().Distinct().OrderBy(static user => user.Username, StringComparer.Ordinal), UserJson.Write));

    private static Answer ByUsername(MattermostWorld world, ApiCall call)
    {
        var name = call.Values[0];
        if (!world.TryUser(name, out var user) || !user.Username.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            throw new MattermostException(404, "app.user.get_by_username.app_error",
                "Unable to find an existing account matching your username for this team. This team may require an invite from the team owner to join.", $"resource: User id: username={name}");
        }
        return One(user, user.Id == call.User.Id);
    }

    private static Answer ByEmail(MattermostWorld world, ApiCall call)
    {
        var email = call.Values[0];
        if (!email.Contains('@'))
            throw MattermostException.UrlParameter("email");
        var user = world.FindByEmail(email) ?? throw MattermostException.NoUser("email=" + email);
        return One(user, user.Id == call.User.Id);
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        if (!Sorts.Contains(call.Query("sort") ?? ""))
            throw MattermostException.UrlParameter("sort");
        string? inTeam = call.Query("in_team"), notInTeam = call.Query("not_in_team"), inChannel = call.Query("in_channel"), notInChannel = call.Query("not_in_channel");
        var (skip, take) = call.Page();
        return world.Locked(() =>
        {
            IEnumerable<SandboxUser> users = world.Users;
            if (inTeam is { Length: > 0 })
                users = users.Where(user => world.TeamCore(inTeam)?.Members.ContainsKey(user.Id) ?? false);
            if (notInTeam is { Length: > 0 })
                users = users.Where(user => !(world.TeamCore(notInTeam)?.Members.ContainsKey(user.Id) ?? false));
            if (inChannel is { Length: > 0 })
                users = users.Where(user => world.FindChannel(inChannel)?.Members.ContainsKey(user.Id) ?? false);
            if (notInChannel is { Length: > 0 })
                users = users.Where(user => !(world.FindChannel(notInChannel)?.Members.ContainsKey(user.Id) ?? false));
            return new Answer(200, Json.Array(users.Skip(skip).Take(take), UserJson.Write));
        });
    }
}
