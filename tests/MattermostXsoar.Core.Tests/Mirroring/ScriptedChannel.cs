using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// A channel of a Mattermost server, as the parts that read it see it: its posts and who may see it, answered over
/// HTTP, and what a test plans to go wrong. Not the sandbox: nothing here has events, people or rules of its own.
/// </summary>
internal sealed class ScriptedChannel : IAsyncDisposable
{
    // GetPostsSince ends there (post_store.go).
    private const int SinceLimit = 1000;
    private const string PersonalToken = "personaltoken000000000000z";

    private readonly MirrorRecord _mirror;
    private readonly LoopbackServer _server;
    private readonly Dictionary<string, MattermostPost> _posts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Part, Func<LoopbackAnswer?> Act)> _planned = new();

    public ScriptedChannel(MirrorRecord mirror)
    {
        _mirror = mirror;
        Name = mirror.ChannelName;
        _server = new LoopbackServer(Answer);
        var environment = TestClients.Environment();
        var bot = TestClients.Mattermost(_server.Uri, environment);
        Access = new MattermostAccess
        {
            Bot = bot,
            Personal = bot.WithToken(new AccessToken(PersonalToken, environment.Redactor), TokenRole.Personal),
            BotUser = new MattermostUser { Id = "bot", Username = "xsoarbot" },
            PersonalUser = new MattermostUser { Id = "admin", Username = "admin" },
            Users = new UserCache(bot, environment.TimeProvider),
        };
    }

    public MattermostAccess Access { get; }

    /// <summary>What was asked, without what all addresses begin with.</summary>
    public IEnumerable<string> Requests => _server.Requests.Select(request => request.Target["/api/v4/".Length..]);

    public string Name { get; set; }

    public bool Exists { get; set; } = true;

    public bool IsArchived { get; set; }

    public bool IsPublic { get; set; }

    public int MemberCount { get; set; } = 3;

    public int GuestCount { get; set; }

    /// <summary>When the channel was made (ms).</summary>
    public long CreatedAt { get; set; }

    public bool BotMayRead { get; set; } = true;

    public bool PersonalMayRead { get; set; } = true;

    public bool BotIsInTeam { get; set; } = true;

    public bool BotIsInChannel { get; set; } = true;

    /// <summary>Posts that exist and that the server leaves out of every list.</summary>
    public ISet<string> Hidden { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>A time of the server's clock (ms).</summary>
    /// <param name="seconds">How long after <see cref="TestMirror.Start"/>.</param>
    public static long At(double seconds) => TestMirror.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

    /// <summary>A post that is not in the channel (yet).</summary>
    public MattermostPost NewPost(string id, double seconds, string user = "user1", string rootId = "") =>
        new()
        {
            Id = id,
            ChannelId = _mirror.ChannelId,
            UserId = user,
            RootId = rootId,
            Message = "text of " + id,
            CreateAtMs = At(seconds),
            UpdateAtMs = At(seconds),
        };

    public MattermostPost Add(string id, double seconds, string user = "user1", string rootId = "") =>
        Add(NewPost(id, seconds, user, rootId));

    public MattermostPost Add(MattermostPost post)
    {
        lock (_posts)
            return _posts[post.Id] = post;
    }

    public MattermostPost Edit(string id, double seconds)
    {
        lock (_posts)
        {
            var post = _posts[id];
            post.Message += " edited";
            post.EditAtMs = post.UpdateAtMs = At(seconds);
            return post;
        }
    }

    /// <summary>Something else of a post changes, such as a pin.</summary>
    public void Touch(string id, double seconds)
    {
        lock (_posts)
            _posts[id].UpdateAtMs = At(seconds);
    }

    public MattermostPost Delete(string id, double seconds)
    {
        lock (_posts)
        {
            var post = _posts[id];
            post.DeleteAtMs = post.UpdateAtMs = At(seconds);
            return post;
        }
    }

    /// <summary>The post is gone without a trace, as a retention policy has it.</summary>
    public void Purge(string id)
    {
        lock (_posts)
            _posts.Remove(id);
    }

    /// <summary>What happens at the next request whose address has that part: an answer, or null for the usual one.
    /// What was planned comes in the order of the plan.</summary>
    public void Next(string part, Func<LoopbackAnswer?> act) => _planned.Enqueue((part, act));

    public static LoopbackAnswer Forbidden() => Error(403, "api.context.permissions.app_error");

    public async ValueTask DisposeAsync()
    {
        Access.Personal.Dispose();
        Access.Bot.Dispose();
        await _server.DisposeAsync();
        Assert.True(_planned.IsEmpty, "A planned answer was never given.");
    }

    private LoopbackAnswer Answer(LoopbackRequest request) =>
        _planned.TryPeek(out var next)
        && request.Target.Contains(next.Part, StringComparison.Ordinal)
        && _planned.TryDequeue(out next)
        && next.Act() is { } planned
            ? planned
            : Usual(request);

    private LoopbackAnswer Usual(LoopbackRequest request)
    {
        var address = new Uri(_server.Uri, request.Target);
        var path = address.AbsolutePath["/api/v4".Length..];
        var channel = "/channels/" + _mirror.ChannelId;
        if (path == "/users/bot/teams")
        {
            var teams = new JsonArray();
            if (BotIsInTeam)
                teams.Add(new JsonObject { ["id"] = _mirror.TeamId });
            return LoopbackAnswer.Json(teams.ToJsonString());
        }

        if (path.StartsWith("/posts/", StringComparison.Ordinal))
            return OnePost(path["/posts/".Length..]);
        if (!Exists)
            return Error(404, "app.channel.get.existing.app_error");
        var isPersonal = request.Headers["Authorization"].EndsWith(PersonalToken, StringComparison.Ordinal);
        if (!(isPersonal ? PersonalMayRead : BotMayRead))
            return Forbidden();
        if (path == channel + "/posts")
            return Posts(address.Query);
        if (path == channel + "/members/bot")
        {
            return BotIsInChannel
                ? LoopbackAnswer.Json(
                    new JsonObject { ["channel_id"] = _mirror.ChannelId, ["user_id"] = "bot" }.ToJsonString()
                )
                : Error(404, "app.channel.get_member.missing.app_error");
        }

        if (path == channel + "/stats")
        {
            var stats = new JsonObject { ["member_count"] = MemberCount, ["guest_count"] = GuestCount };
            return LoopbackAnswer.Json(stats.ToJsonString());
        }

        return path == channel ? Channel() : Error(404, "api.context.404.app_error");
    }

    private LoopbackAnswer Channel() =>
        LoopbackAnswer.Json(
            new JsonObject
            {
                ["id"] = _mirror.ChannelId,
                ["team_id"] = _mirror.TeamId,
                ["name"] = Name,
                ["type"] = IsPublic ? "O" : "P",
                ["create_at"] = CreatedAt,
                ["delete_at"] = IsArchived ? At(0) : 0,
            }.ToJsonString()
        );

    private LoopbackAnswer OnePost(string id)
    {
        lock (_posts)
        {
            return _posts.TryGetValue(id, out var post) && post.DeleteAtMs == 0
                ? LoopbackAnswer.Json(Json(post).ToJsonString())
                : Error(404, "app.post.get.app_error");
        }
    }

    private LoopbackAnswer Posts(string text)
    {
        var query = HttpUtility.ParseQueryString(text);
        lock (_posts)
        {
            var posts = _posts
                .Values.Where(post => !Hidden.Contains(post.Id))
                .OrderByDescending(post => post.CreateAtMs)
                .ToList();
            if (query["since"] is { } since)
            {
                var from = long.Parse(since, CultureInfo.InvariantCulture);
                return List(posts.Where(post => post.UpdateAtMs > from).Take(SinceLimit));
            }

            posts.RemoveAll(post => post.DeleteAtMs > 0);
            if (query["after"] is { } after)
                posts = [.. posts.Where(post => post.CreateAtMs > CreatedOf(after)).Reverse()];
            if (query["before"] is { } before)
                posts.RemoveAll(post => post.CreateAtMs >= CreatedOf(before));
            var size = int.Parse(query["per_page"]!, CultureInfo.InvariantCulture);
            var page = posts.Skip(size * int.Parse(query["page"]!, CultureInfo.InvariantCulture)).Take(size);
            return List(page.OrderByDescending(post => post.CreateAtMs));
        }
    }

    private long CreatedOf(string id) => _posts.TryGetValue(id, out var post) ? post.CreateAtMs : 0;

    private static LoopbackAnswer List(IEnumerable<MattermostPost> posts)
    {
        var (order, byId) = (new JsonArray(), new JsonObject());
        foreach (var post in posts)
        {
            order.Add(post.Id);
            byId[post.Id] = Json(post);
        }

        return LoopbackAnswer.Json(new JsonObject { ["order"] = order, ["posts"] = byId }.ToJsonString());
    }

    private static JsonObject Json(MattermostPost post) =>
        new()
        {
            ["id"] = post.Id,
            ["channel_id"] = post.ChannelId,
            ["user_id"] = post.UserId,
            ["root_id"] = post.RootId,
            ["message"] = post.Message,
            ["type"] = post.Type,
            ["create_at"] = post.CreateAtMs,
            ["update_at"] = post.UpdateAtMs,
            ["edit_at"] = post.EditAtMs,
            ["delete_at"] = post.DeleteAtMs,
        };

    private static LoopbackAnswer Error(int status, string id) =>
        LoopbackAnswer.Json(
            new JsonObject
            {
                ["id"] = id,
                ["message"] = "Refused.",
                ["status_code"] = status,
            }.ToJsonString(),
            status
        );
}
