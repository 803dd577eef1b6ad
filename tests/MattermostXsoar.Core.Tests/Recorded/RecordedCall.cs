using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Recorded;

/// <summary>Which method of the clients makes a recorded call.</summary>
internal static class RecordedCall
{
    private static readonly (
        string Method,
        Regex Path,
        Func<MattermostClient, RecordedAnswer, Match, Task<object?>> Make
    )[] Routes =
    [
        Route("GET", "/system/ping", async (c, _, _) => await c.System.PingAsync(Token)),
        Route("GET", "/users/me", async (c, _, _) => await c.Users.GetMeAsync(Token)),
        Route(
            "GET",
            "/users/username/(?<a>[^/]+)",
            async (c, _, m) => await c.Users.GetByUsernameAsync(Value(m, "a"), Token)
        ),
        Route(
            "GET",
            "/users/email/(?<a>[^/]+)",
            async (c, _, m) => await c.Users.GetByEmailAsync(Value(m, "a"), Token)
        ),
        Route("GET", "/users/(?<a>[a-z0-9]{26}|abc)", async (c, _, m) => await c.Users.GetAsync(Value(m, "a"), Token)),
        Route("POST", "/users/ids", async (c, r, _) => await c.Users.GetByIdsAsync(List(r), Token)),
        Route("POST", "/users/usernames", async (c, r, _) => await c.Users.GetByUsernamesAsync(List(r), Token)),
        Route(
            "GET",
            "/users",
            async (c, r, _) =>
                await c.Users.ListAsync(
                    r.Parameters.GetValueOrDefault("in_team"),
                    r.Parameters.GetValueOrDefault("in_channel"),
                    Number(r, "page", 0),
                    Number(r, "per_page", 60),
                    Token
                )
        ),
        Route(
            "GET",
            "/users/(?<a>[^/]+)/teams",
            async (c, _, m) => await c.Teams.ListForUserAsync(Value(m, "a"), Token)
        ),
        Route(
            "GET",
            "/groups",
            async (c, r, _) =>
                await c.Groups.ListAsync(
                    r.Parameters.GetValueOrDefault("q"),
                    Number(r, "page", 0),
                    Number(r, "per_page", 60),
                    Token
                )
        ),
        Route("GET", "/groups/(?<a>[^/]+)", async (c, _, m) => await c.Groups.GetAsync(Value(m, "a"), Token)),
        Route(
            "GET",
            "/groups/(?<a>[^/]+)/members",
            async (c, r, m) =>
                await c.Groups.ListMembersAsync(Value(m, "a"), Number(r, "page", 0), Number(r, "per_page", 60), Token)
        ),
        Route("GET", "/teams/name/(?<a>[^/]+)", async (c, _, m) => await c.Teams.GetByNameAsync(Value(m, "a"), Token)),
        Route("GET", "/teams/(?<a>[a-z0-9]{26}|abc)", async (c, _, m) => await c.Teams.GetAsync(Value(m, "a"), Token)),
        Route(
            "POST",
            "/teams/(?<a>[^/]+)/members",
            async (c, r, m) => await c.Teams.AddMemberAsync(Value(m, "a"), Text(r, "user_id")!, Token)
        ),
        Route(
            "GET",
            "/channels/(?<a>[a-z0-9]{26}|abc)",
            async (c, _, m) => await c.Channels.GetAsync(Value(m, "a"), Token)
        ),
        Route(
            "GET",
            "/teams/(?<t>[a-z0-9]{26})/channels/name/(?<a>[^/?]+)(?<d>\\?include_deleted=true)?",
            async (c, _, m) =>
                await c.Channels.GetByNameAsync(Value(m, "t"), Value(m, "a"), m.Groups["d"].Success, Token)
        ),
        Route(
            "GET",
            "/teams/(?<a>[^/]+)/channels",
            async (c, r, m) =>
                await c.Channels.ListPublicAsync(Value(m, "a"), Number(r, "page", 0), Number(r, "per_page", 60), Token)
        ),
        Route(
            "GET",
            "/teams/(?<a>[^/]+)/channels/private",
            async (c, r, m) =>
                await c.Channels.ListPrivateAsync(Value(m, "a"), Number(r, "page", 0), Number(r, "per_page", 60), Token)
        ),
        Route(
            "GET",
            "/users/(?<u>[^/]+)/teams/(?<a>[^/]+)/channels",
            async (c, _, m) => await c.Channels.ListForUserAsync(Value(m, "u"), Value(m, "a"), Token)
        ),
        Route("POST", "/channels", async (c, r, _) => await c.Channels.CreateAsync(NewChannel(r), Token)),
        Route(
            "POST",
            "/channels/direct",
            async (c, r, _) => await c.Channels.OpenDirectAsync(List(r)[0], List(r).ElementAtOrDefault(1) ?? "", Token)
        ),
        Route("POST", "/channels/group", async (c, r, _) => await c.Channels.OpenGroupAsync(List(r), Token)),
        Route(
            "PUT",
            "/channels/(?<a>[^/]+)/patch",
            async (c, r, m) => await c.Channels.PatchAsync(Value(m, "a"), Patch(r), Token)
        ),
        Route(
            "DELETE",
            "/channels/(?<a>[^/?]+)",
            async (c, _, m) =>
            {
                await c.Channels.DeleteAsync(Value(m, "a"), Token);
                return null;
            }
        ),
        Route(
            "POST",
            "/channels/(?<a>[^/]+)/members",
            async (c, r, m) => await c.Channels.AddMemberAsync(Value(m, "a"), Text(r, "user_id")!, Token)
        ),
        Route(
            "GET",
            "/channels/(?<a>[^/]+)/members/(?<u>[^/]+)",
            async (c, _, m) => await c.Channels.GetMemberAsync(Value(m, "a"), Value(m, "u"), Token)
        ),
        Route(
            "DELETE",
            "/channels/(?<a>[^/]+)/members/(?<u>[^/]+)",
            async (c, _, m) =>
            {
                await c.Channels.RemoveMemberAsync(Value(m, "a"), Value(m, "u"), Token);
                return null;
            }
        ),
        Route("POST", "/posts", async (c, r, _) => await c.Posts.CreateAsync(NewPost(r), Token)),
        Route(
            "GET",
            "/files/(?<a>[a-z0-9]{26})/info",
            async (c, _, m) => await c.Files.GetInfoAsync(Value(m, "a"), Token)
        ),
        Route("GET", "/posts/(?<a>[a-z0-9]{26}|abc)", async (c, _, m) => await c.Posts.GetAsync(Value(m, "a"), Token)),
        Route("GET", "/channels/(?<a>[^/]+)/posts", async (c, r, m) => await ListPosts(c, r, Value(m, "a"))),
    ];

    private static readonly string[] Lists = ["/users/ids", "/users/usernames", "/channels/direct", "/channels/group"];

    private static readonly string[] Texts =
    [
        "user_id",
        "team_id",
        "name",
        "display_name",
        "type",
        "purpose",
        "header",
        "channel_id",
        "message",
        "root_id",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The call, or null when no method of the clients makes it.</summary>
    public static Func<MattermostClient, Task<object?>>? For(RecordedAnswer recorded)
    {
        if (!IsWellFormed(recorded))
            return null;
        foreach (var (method, path, make) in Routes)
            if (method == recorded.Method && path.Match(recorded.Path) is { Success: true } match)
                return client => make(client, recorded, match);
        return null;
    }

    private static (string, Regex, Func<MattermostClient, RecordedAnswer, Match, Task<object?>>) Route(
        string method,
        string path,
        Func<MattermostClient, RecordedAnswer, Match, Task<object?>> make
    ) => (method, new Regex("^/api/v4" + path + "$"), make);

    private static async Task<object?> ListPosts(MattermostClient client, RecordedAnswer recorded, string channelId)
    {
        var perPage = Number(recorded, "per_page", 60);
        if (recorded.Parameters.TryGetValue("since", out var since))
            return await client.Posts.ListSinceAsync(
                channelId,
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(since, null)),
                Token
            );
        return recorded.Parameters.TryGetValue("after", out var after)
            ? await client.Posts.ListAfterAsync(channelId, after, 0, perPage, Token)
            : await client.Posts.ListAsync(channelId, 0, perPage, Token);
    }

    private static string Value(Match match, string group) => Uri.UnescapeDataString(match.Groups[group].Value);

    private static int Number(RecordedAnswer recorded, string name, int otherwise) =>
        recorded.Parameters.TryGetValue(name, out var text) ? int.Parse(text, null) : otherwise;

    // The recorder also sent what is no list, numbers in place of texts, addresses that no client can write, and what the
    // clients have no argument for.
    private static bool IsWellFormed(RecordedAnswer recorded) =>
        recorded.Path.Length <= 2048
        && !recorded.Path.Contains("%00", StringComparison.Ordinal)
        && !recorded.Path.Contains("%zz", StringComparison.Ordinal)
        && !recorded.Parameters.ContainsKey("in_group")
        && (!recorded.Parameters.TryGetValue("since", out var since) || long.TryParse(since, out _))
        && recorded.RequestJson switch
        {
            JsonArray list => list.All(static item => item?.GetValueKind() == JsonValueKind.String),
            JsonObject it => Lists.All(list => !recorded.Path.EndsWith(list, StringComparison.Ordinal))
                && Texts.All(name => it[name] is null || it[name]!.GetValueKind() == JsonValueKind.String)
                && it["user_ids"] is null
                && it["post_root_id"] is null,
            _ => true,
        };

    private static string? Text(RecordedAnswer recorded, string name) =>
        recorded.RequestJson is JsonObject json ? (string?)json[name] : null;

    private static string[] List(RecordedAnswer recorded) =>
        [.. recorded.RequestJson!.AsArray().Select(item => (string)item!)];

    private static NewChannel NewChannel(RecordedAnswer recorded) =>
        new()
        {
            TeamId = Text(recorded, "team_id") ?? "",
            Name = Text(recorded, "name") ?? "",
            DisplayName = Text(recorded, "display_name") ?? "",
            Type = Text(recorded, "type") ?? "",
            Purpose = Text(recorded, "purpose"),
            Header = Text(recorded, "header"),
        };

    private static ChannelPatch Patch(RecordedAnswer recorded) =>
        new()
        {
            Name = Text(recorded, "name"),
            DisplayName = Text(recorded, "display_name"),
            Header = Text(recorded, "header"),
            Purpose = Text(recorded, "purpose"),
        };

    private static NewPost NewPost(RecordedAnswer recorded) =>
        new()
        {
            ChannelId = Text(recorded, "channel_id") ?? "",
            Message = Text(recorded, "message") ?? "",
            RootId = Text(recorded, "root_id"),
        };
}
