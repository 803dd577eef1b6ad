using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/users</c>.</summary>
internal static class UsersApi
{
    private static readonly string[] StatusesInOrder = ["online", "away", "dnd", "offline"];

    private static readonly string[] Sorts = ["", "last_activity_at", "create_at", "status", "admin"];

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", "/api/v4/users", call => List(world, call));
        routes.Map("GET", "/api/v4/users/me", call => One(world, call.User, UserView.Self));
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
        routes.Map("GET", "/api/v4/users/known", call => Known(world, call));
        routes.Map("GET", "/api/v4/users/stats/filtered", call => FilteredStats(world, call));
        routes.Map("POST", "/api/v4/users/group_channels", call => GroupChannels(world, call));
        routes.Map(
            "GET",
            "/api/v4/users/{}",
            call =>
            {
                var id = Demand.UserId(call, 0);
                return One(world, Demand.User(world, id), View(world, call, id));
            }
        );
        routes.Map("GET", "/api/v4/users/username/{}", call => ByUsername(world, call));
        routes.Map("GET", "/api/v4/users/email/{}", call => ByEmail(world, call));
        routes.Map(
            "POST",
            "/api/v4/users/ids",
            call =>
            {
                var ids = Strings(world, call, "user_ids");
                return Many(
                    world,
                    call,
                    ids.Select(id => world.TryUser(id, out var user) && user.Id == id ? user : null)
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/usernames",
            call =>
            {
                var names = Strings(call, "usernames");
                return Many(
                    world,
                    call,
                    names.Select(name => world.TryUser(name, out var user) && user.Username == name ? user : null)
                );
            }
        );
        routes.Map("POST", "/api/v4/users/search", call => Search(world, call));
        PicturesApi.Map(routes, world);
    }

    /// <summary>A JSON array of strings; a new server says of another body that it cannot parse it.</summary>
    public static List<string> Strings(MattermostWorld world, ApiCall call, string name) =>
        world.Version.RefusesOtherPayloads && call.Json is not { ValueKind: JsonValueKind.Array }
            ? throw new MattermostException(
                400,
                "api.payload.parse.error",
                "An error occurred while parsing the payload."
            )
            : Strings(call, name);

    /// <summary>A JSON array of strings, which several calls accept.</summary>
    public static List<string> Strings(ApiCall call, string name)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Array } json || json.GetArrayLength() == 0)
            throw MattermostException.BodyParameter(name);
        return [.. json.EnumerateArray().Select(static it => it.ToString())];
    }

    private static Answer One(MattermostWorld world, SandboxUser user, UserView view) =>
        new(200, Json.Bytes((user, view), (writer, it) => world.UserJson.Write(writer, it.user, it.view)))
        {
            Headers = [Etags.Of(world.Options, user)],
        };

    private static UserView View(MattermostWorld world, ApiCall call, string userId) =>
        userId == call.User.Id ? UserView.Self
        : call.User.IsSystemAdmin && world.Version.AdministratorsSeeSettings ? UserView.Administrator
        : UserView.Other;

    private static Answer Many(MattermostWorld world, ApiCall call, IEnumerable<SandboxUser?> users) =>
        new(
            200,
            Json.Array(
                users.OfType<SandboxUser>().Distinct().OrderBy(static user => user.Username, StringComparer.Ordinal),
                world.UserJson.For(call.User)
            )
        );

    private static Answer ByUsername(MattermostWorld world, ApiCall call)
    {
        var name = call.Values[0];
        if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
            return MattermostGate.NotFound(world, call);
        if (world.Version.RefusesUpperCaseNames && name.Any(char.IsAsciiLetterUpper))
            throw MattermostException.BodyParameter("username");
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
        return One(world, user, View(world, call, user.Id));
    }

    /// <summary>Everybody who is in a channel with the caller.</summary>
    private static Answer Known(MattermostWorld world, ApiCall call)
    {
        var known = world.Locked(() =>
            world
                .Channels.Where(channel => channel.Members.ContainsKey(call.User.Id))
                .SelectMany(static channel => channel.Members.Keys)
                .Where(id => id != call.User.Id)
                .Distinct()
                .ToArray()
        );
        return new Answer(200, Json.Array(known, static (writer, id) => writer.WriteStringValue(id)));
    }

    private static Answer FilteredStats(MattermostWorld world, ApiCall call)
    {
        Demand.SystemAdmin(call, "sysconsole_read_user_management_users");
        var (inTeam, inChannel) = (call.Query("in_team"), call.Query("in_channel"));
        var count = world.Locked(() =>
            Filtered(world, call)
                .Count(user =>
                    (user.DeleteAt == 0 || call.Query("include_deleted") == "true")
                    && (!user.IsBot || call.Query("include_bots") == "true")
                    && (inTeam is not { Length: > 0 } || world.TeamCore(inTeam)?.Members.ContainsKey(user.Id) == true)
                    && IsIn(world, user, inChannel)
                )
        );
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

    /// <summary>The other members of the caller's group channels.</summary>
    private static Answer GroupChannels(MattermostWorld world, ApiCall call)
    {
        var ids = Strings(call, "group_channel_ids");
        return world.Locked(() =>
            new Answer(
                200,
                Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    foreach (var id in ids)
                    {
                        if (world.FindChannel(id) is { Type: "G" } channel && channel.Members.ContainsKey(call.User.Id))
                            WriteUsers(
                                writer,
                                id,
                                channel
                                    .Members.Keys.Where(it => it != call.User.Id)
                                    .Select(it => Demand.User(world, it)),
                                world.UserJson.For(call.User)
                            );
                    }
                    writer.WriteEndObject();
                })
            )
        );
    }

    private static Answer ByEmail(MattermostWorld world, ApiCall call)
    {
        var email = call.Values[0];
        if (!email.Contains('@'))
            throw MattermostException.UrlParameter("email");
        var user = world.FindByEmail(email) ?? throw MattermostException.NoUser("email=" + email);
        return One(world, user, View(world, call, user.Id));
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        if (!Sorts.Contains(call.Query("sort") ?? ""))
            throw MattermostException.UrlParameter("sort");
        string? inTeam = call.Query("in_team"),
            notInTeam = call.Query("not_in_team"),
            inChannel = call.Query("in_channel"),
            notInChannel = call.Query("not_in_channel");
        if (call.Query("in_group") is { Length: > 0 } inGroup && !world.Groups.Any(it => it.Id == inGroup))
            throw new MattermostException(
                404,
                "app.group.no_rows",
                "no matching group found",
                $"resource: Group id: {inGroup}"
            );
        if (
            inChannel is { Length: > 0 }
            && world.Version.ChecksChannelsOfUserLists
            && (world.FindChannel(inChannel) is not { } wanted || !Demand.MayRead(world, call.User, wanted))
        )
            throw MattermostException.Forbidden(call.User.Id, "read_channel");
        var (skip, take) = call.Page();
        return world.Locked(() =>
        {
            var users = Filtered(world, call);
            if (inTeam is { Length: > 0 })
                users = users.Where(user => world.TeamCore(inTeam)?.Members.ContainsKey(user.Id) ?? false);
            if (notInTeam is { Length: > 0 })
                users = users.Where(user => !(world.TeamCore(notInTeam)?.Members.ContainsKey(user.Id) ?? false));
            if (inChannel is { Length: > 0 })
                users = users.Where(user => world.FindChannel(inChannel)?.Members.ContainsKey(user.Id) ?? false);
            if (notInChannel is { Length: > 0 })
                users = users.Where(user => !(world.FindChannel(notInChannel)?.Members.ContainsKey(user.Id) ?? false));
            users = call.Query("sort") switch
            {
                "create_at" => users.OrderByDescending(static user => user.CreateAt),
                "status" => users.OrderBy(static user => Rank(user.Status)).ThenBy(Name, StringComparer.Ordinal),
                _ => users,
            };
            if (call.Query("sort") == "last_activity_at")
            {
                var seen = users
                    .Where(static user => user.LastActivityAt > 0)
                    .OrderByDescending(static user => user.LastActivityAt)
                    .ThenBy(static user => user.Username, StringComparer.Ordinal);
                return new Answer(
                    200,
                    Json.Array(seen.Skip(skip).Take(take), world.UserJson.WithActivityFor(call.User))
                );
            }
            var page = users.Skip(skip).Take(take).ToList();
            var answer = new Answer(200, Json.Array(page, world.UserJson.For(call.User)));
            // The server sends an Etag for the lists of a team only.
            var marked = call.Query("sort") is not { Length: > 0 } && inChannel is null && notInChannel is null;
            return !marked ? answer
                : inTeam is { Length: > 0 } ? answer with { Headers = [Etags.OfTeam(world.Options, page)] }
                : notInTeam is { Length: > 0 } ? answer with { Headers = [Etags.OfOthers(world.Options, world.Users)] }
                : answer;
        });
    }

    private static string Name(SandboxUser user) => user.Username;

    private static int Rank(string status) => Array.IndexOf(StatusesInOrder, status);

    /// <summary>The accounts that the query asks for, whatever their teams and channels.</summary>
    private static IEnumerable<SandboxUser> Filtered(MattermostWorld world, ApiCall call)
    {
        IEnumerable<SandboxUser> users = world.Users;
        if (call.Query("active") == "true")
            users = users.Where(static user => user.DeleteAt == 0);
        if (call.Query("inactive") == "true")
            users = users.Where(static user => user.DeleteAt != 0);
        if (call.Query("without_team") is "true" or "1")
            users = users.Where(user => world.Teams.All(team => !team.Members.ContainsKey(user.Id)));
        if (call.Query("in_group") is { Length: > 0 } id)
            users = users.Where(user => world.Groups.First(it => it.Id == id).Members.ContainsKey(user.Id));
        var roles = string.Join(',', call.Query("role"), call.Query("roles"))
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (roles.Length > 0)
            users = users.Where(user => roles.Intersect(user.Roles.Split(' ')).Any());
        return users;
    }

    private static Answer Search(MattermostWorld world, ApiCall call)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Object } json || json.Text("term") is not { Length: > 0 } term)
            throw MattermostException.BodyParameter("term");
        if (term.Contains('\0'))
            throw new MattermostException(
                500,
                "app.user.search.app_error",
                "Unable to find any user matching the search parameters."
            );
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
                    world.UserJson.For(call.User)
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
                    (users, channel, limit, Write: world.UserJson.For(call.User)),
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        WriteUsers(writer, "users", it.users[true].Take(it.limit), it.Write);
                        if (it.channel is { Length: > 0 })
                            WriteUsers(writer, "out_of_channel", it.users[false].Take(it.limit), it.Write);
                        writer.WriteEndObject();
                    }
                )
            );
        });
    }

    /// <summary>The members of a team one of whose names begins with the term.</summary>
    private static IEnumerable<SandboxUser> Named(MattermostWorld world, string term, string? teamId)
    {
        // A star and other signs of the search's language are ignored.
        var start = term.TrimStart('@').TrimEnd('*');
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

    private static void WriteUsers(
        Utf8JsonWriter writer,
        string name,
        IEnumerable<SandboxUser> users,
        Action<Utf8JsonWriter, SandboxUser> write
    )
    {
        writer.WriteStartArray(name);
        foreach (var user in users)
            write(writer, user);
        writer.WriteEndArray();
    }
}
