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
        routes.Map("GET", "/api/v4/users/me", call => One(world, call.User, true));
        routes.Map("GET", "/api/v4/users/autocomplete", call => Complete(world, call));
        routes.Map(
            "GET",
            "/api/v4/users/stats",
            call =>
            {
                var count = world.Users.Count(static user => user.DeleteAt == 0);
                return new Answer(
                    200,
                    Json.Bytes(
                        count,
                        static (writer, it) =>
                        {
                            writer.WriteStartObject();
                            writer.WriteNumber("total_users_count"u8, it);
                            writer.WriteEndObject();
                        }
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}",
            call =>
            {
                var id = Demand.UserId(call, 0);
                return One(world, Demand.User(world, id), id == call.User.Id);
            }
        );
        routes.Map("GET", "/api/v4/users/username/{}", call => ByUsername(world, call));
        routes.Map("GET", "/api/v4/users/email/{}", call => ByEmail(world, call));
        routes.Map(
            "POST",
            "/api/v4/users/ids",
            call =>
            {
                var ids = Strings(call, "user_ids");
                return Many(ids.Select(id => world.TryUser(id, out var user) && user.Id == id ? user : null));
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/usernames",
            call =>
            {
                var names = Strings(call, "usernames");
                return Many(
                    names.Select(name => world.TryUser(name, out var user) && user.Username == name ? user : null)
                );
            }
        );
        routes.Map("POST", "/api/v4/users/search", call => Search(world, call));
        routes.Map(
            "GET",
            "/api/v4/users/{}/image",
            call =>
            {
                var user = Demand.User(world, Demand.UserId(call, 0));
                return new Answer(200, Portrait.Of(user.Id), "image/png")
                {
                    Headers = [new("Etag", "0"), new("Cache-Control", "max-age=86400, private")],
                };
            }
        );
    }

    /// <summary>A JSON array of strings, which several calls accept.</summary>
    public static List<string> Strings(ApiCall call, string name)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Array } json || json.GetArrayLength() == 0)
            throw MattermostException.BodyParameter(name);
        return [.. json.EnumerateArray().Select(static it => it.ToString())];
    }

    private static Answer One(MattermostWorld world, SandboxUser user, bool self) =>
        new(200, Json.Bytes((user, self), static (writer, it) => UserJson.Write(writer, it.user, it.self)))
        {
            Headers = [Etags.Of(world.Options, user)],
        };

    private static Answer Many(IEnumerable<SandboxUser?> users) =>
        new(
            200,
            Json.Array(
                users.OfType<SandboxUser>().Distinct().OrderBy(static user => user.Username, StringComparer.Ordinal),
                UserJson.Write
            )
        );

    private static Answer ByUsername(MattermostWorld world, ApiCall call)
    {
        var name = call.Values[0];
        if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
            return MattermostGate.NotFound(call);
        if (!world.TryUser(name, out var user) || !user.Username.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            throw new MattermostException(
                404,
                "app.user.get_by_username.app_error",
                "Unable to find an existing account matching your username for this team. "
                    + "This team may require an invite from the team owner to join.",
                $"resource: User id: username={name}"
            );
        }
        return One(world, user, user.Id == call.User.Id);
    }

    private static Answer ByEmail(MattermostWorld world, ApiCall call)
    {
        var email = call.Values[0];
        if (!email.Contains('@'))
            throw MattermostException.UrlParameter("email");
        var user = world.FindByEmail(email) ?? throw MattermostException.NoUser("email=" + email);
        return One(world, user, user.Id == call.User.Id);
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        if (!Sorts.Contains(call.Query("sort") ?? ""))
            throw MattermostException.UrlParameter("sort");
        string? inTeam = call.Query("in_team"),
            notInTeam = call.Query("not_in_team"),
            inChannel = call.Query("in_channel"),
            notInChannel = call.Query("not_in_channel");
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
            if (call.Query("sort") == "last_activity_at")
            {
                var seen = users
                    .Where(static user => user.LastActivityAt > 0)
                    .OrderByDescending(static user => user.LastActivityAt)
                    .ThenBy(static user => user.Username, StringComparer.Ordinal);
                return new Answer(200, Json.Array(seen.Skip(skip).Take(take), UserJson.WriteWithActivity));
            }
            var page = users.Skip(skip).Take(take).ToList();
            var answer = new Answer(200, Json.Array(page, UserJson.Write));
            // The server sends an Etag for the lists of a team only.
            var marked = call.Query("sort") is not { Length: > 0 } && inChannel is null && notInChannel is null;
            return !marked ? answer
                : inTeam is { Length: > 0 } ? answer with { Headers = [Etags.OfTeam(world.Options, page)] }
                : notInTeam is { Length: > 0 } ? answer with { Headers = [Etags.OfOthers(world.Options, world.Users)] }
                : answer;
        });
    }

    private static Answer Search(MattermostWorld world, ApiCall call)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Object } json || json.Text("term") is not { Length: > 0 } term)
            throw MattermostException.BodyParameter("term");
        var limit =
            json.TryGetProperty("limit", out var given) && given.TryGetInt32(out var number) && number > 0
                ? Math.Min(number, 1000)
                : 100;
        var inactive =
            json.TryGetProperty("allow_inactive", out var allowed) && allowed.ValueKind == JsonValueKind.True;
        var (team, channel, notInChannel) = (
            json.Text("team_id"),
            json.Text("in_channel_id"),
            json.Text("not_in_channel_id")
        );
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    Named(world, term, team)
                        .Where(user =>
                            (inactive || user.DeleteAt == 0)
                            && IsIn(world, user, channel)
                            && !(notInChannel is { Length: > 0 } && IsIn(world, user, notInChannel))
                        )
                        .Take(limit),
                    UserJson.Write
                )
            )
        );
    }

    private static Answer Complete(MattermostWorld world, ApiCall call)
    {
        var limit = (int)Math.Clamp(call.QueryNumber("limit", 100), 1, 1000);
        var channel = call.Query("in_channel");
        return world.Locked(() =>
        {
            var users = Named(world, call.Query("name") ?? "", call.Query("in_team"))
                .Where(static user => user.DeleteAt == 0)
                .ToLookup(user => IsIn(world, user, channel));
            return new Answer(
                200,
                Json.Bytes(
                    (users, channel, limit),
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        WriteUsers(writer, "users", it.users[true].Take(it.limit));
                        if (it.channel is { Length: > 0 })
                            WriteUsers(writer, "out_of_channel", it.users[false].Take(it.limit));
                        writer.WriteEndObject();
                    }
                )
            );
        });
    }

    /// <summary>The members of a team one of whose names begins with the term.</summary>
    private static IEnumerable<SandboxUser> Named(MattermostWorld world, string term, string? teamId)
    {
        var start = term.TrimStart('@');
        return world.Users.Where(user =>
            (teamId is not { Length: > 0 } || (world.TeamCore(teamId)?.Members.ContainsKey(user.Id) ?? false))
            && (
                Begins(user.Username)
                || Begins(user.FirstName)
                || Begins(user.LastName)
                || Begins(user.Nickname)
                || Begins(user.Email)
            )
        );
        bool Begins(string name) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsIn(MattermostWorld world, SandboxUser user, string? channelId) =>
        channelId is not { Length: > 0 } || (world.FindChannel(channelId)?.Members.ContainsKey(user.Id) ?? false);

    private static void WriteUsers(Utf8JsonWriter writer, string name, IEnumerable<SandboxUser> users)
    {
        writer.WriteStartArray(name);
        foreach (var user in users)
            UserJson.Write(writer, user);
        writer.WriteEndArray();
    }
}
