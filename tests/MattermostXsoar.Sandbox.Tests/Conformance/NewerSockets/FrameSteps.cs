using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Conformance.Newer;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;

/// <summary>What the recorder did while four connections were open: the steps of <c>ws-all-frames.jsonl</c> of
/// 11.6.</summary>
internal sealed class FrameSteps(
    NewerScenario scenario,
    SandboxClient client,
    IReadOnlyDictionary<string, RawSocket> sockets
)
{
    private string Test => scenario.World.Channel("test").Id;

    public async Task PlayAsync()
    {
        var temporary = await UsersAsync();
        await TeamsAsync();
        await ChannelAsync();
        var bots = await PostAsync("bot", Test, "hello from the bot @user1");
        var root = await PostsAsync(bots, temporary);
        await ChangesAsync(root);
        await SettingsAsync();
        await AsAsync("user1", "DELETE", $"posts/{root.Reply}", null);
        await AsAsync("bot", "DELETE", $"posts/{root.Id}", null);
        await AsAsync("admin", "PUT", $"users/{temporary}/active", new { active = false });
    }

    private async Task<string> UsersAsync()
    {
        var id = await AsAsync(
            "admin",
            "POST",
            "users",
            new
            {
                username = "tmpb3dbl",
                email = "tmpb3dbl@example.com",
                password = "Passw0rd!x",
            }
        );
        await AsAsync("admin", "PUT", $"users/{id}/patch", new { nickname = "nick", position = "tester" });
        await AsAsync("admin", "POST", $"teams/{Team("soc")}/members", new { team_id = Team("soc"), user_id = id });
        return id;
    }

    private async Task TeamsAsync()
    {
        var team = await AsAsync(
            "admin",
            "POST",
            "teams",
            new
            {
                name = "tb3dbl",
                display_name = "T b3dbl",
                type = "O",
            }
        );
        await AsAsync("admin", "PUT", $"teams/{team}/patch", new { description = "patched" });
        foreach (var name in new[] { "user1", "xsoarbot", "plainbot" })
            await AsAsync("admin", "POST", $"teams/{team}/members", new { team_id = team, user_id = User(name) });
        await AsAsync("admin", "DELETE", $"teams/{team}/members/{User("user1")}", null);
        await AsAsync("plain", "DELETE", $"teams/{team}/members/{User("plainbot")}", null);
        await AsAsync("admin", "DELETE", $"teams/{team}", null);
        await AsAsync("admin", "POST", $"teams/{team}/restore", null);
    }

    private async Task ChannelAsync()
    {
        var channel = await AsAsync(
            "bot",
            "POST",
            "channels",
            new
            {
                team_id = Team("soc"),
                name = "ch-b3dbl",
                display_name = "Ch b3dbl",
                type = "O",
            }
        );
        await AsAsync("bot", "POST", $"channels/{channel}/members", new { user_id = User("user1") });
        await AsAsync("bot", "POST", $"channels/{channel}/members", new { user_id = User("admin") });
        await AsAsync(
            "admin",
            "PUT",
            $"channels/{channel}/members/{User("user1")}/schemeRoles",
            new { scheme_user = true, scheme_admin = true }
        );
        await AsAsync("admin", "PUT", $"channels/{channel}/patch", new { header = "new header" });
        await AsAsync("admin", "PUT", $"channels/{channel}/patch", new { purpose = "new purpose" });
        await AsAsync("admin", "PUT", $"channels/{channel}/patch", new { display_name = "Renamed" });
        await AsAsync("admin", "PUT", $"channels/{channel}/patch", new { name = "ch2-b3dbl" });
        await AsAsync("admin", "DELETE", $"channels/{channel}/members/{User("user1")}", null);
        await AsAsync("user1", "POST", $"channels/{channel}/members", new { user_id = User("user1") });
        await AsAsync("user1", "DELETE", $"channels/{channel}/members/{User("user1")}", null);
        await AsAsync("admin", "POST", $"channels/{channel}/members", new { user_id = User("user1") });
        await AsAsync("admin", "PUT", $"channels/{channel}/privacy", new { privacy = "P" });
        await AsAsync("admin", "PUT", $"channels/{channel}/privacy", new { privacy = "O" });
        await AsAsync("admin", "DELETE", $"channels/{channel}", null);
        await AsAsync("admin", "POST", $"channels/{channel}/restore", null);
    }

    private async Task<(string Id, string Reply)> PostsAsync(string root, string temporary)
    {
        await PostAsync("bot", Test, "hello @user1 @user2 @admin");
        await PostAsync("bot", Test, "hello @channel");
        await PostAsync("user1", Test, "hello from user1");
        await PostAsync("user1", scenario.World.Channel("secret").Id, "hello in private");
        var direct = await AsAsync("user1", "POST", "channels/direct", new[] { User("user1"), User("xsoarbot") });
        await PostAsync("user1", direct, "direct answer");
        await PostAsync("bot", direct, "direct from the bot");
        await AsAsync("plain", "POST", "channels/direct", new[] { User("plainbot"), temporary });
        var group = await AsAsync(
            "user1",
            "POST",
            "channels/group",
            new[] { User("xsoarbot"), User("user1"), User("admin"), temporary }
        );
        await PostAsync("user1", group, "to the group");
        string[] recorded =
        [
            "posted-reply-in-thread",
            "posted-reply-in-thread-seen-by-a-follower",
            "posted-reply-with-mention",
        ];
        var reply = "";
        foreach (var name in recorded)
        {
            var post = NewerFrames.Post(Recorded.Load11("ws-" + name));
            // The bot's is the second.
            var isByUser = name != "posted-reply-in-thread-seen-by-a-follower";
            var id = await PostAsync(
                isByUser ? "user1" : "bot",
                Test,
                post.GetProperty("message").GetString()!,
                new { root_id = root }
            );
            reply = reply.Length == 0 ? id : reply;
        }
        await PostAsync(
            "bot",
            Test,
            "",
            new
            {
                props = new
                {
                    attachments = NewerFrames
                        .Post(Recorded.Load11("ws-posted-attachments"))
                        .GetProperty("props")
                        .GetProperty("attachments"),
                },
            }
        );
        await PostAsync(
            "user1",
            Test,
            "important",
            new { metadata = new { priority = new { priority = "important" } } }
        );
        return (root, reply);
    }

    private async Task ChangesAsync((string Id, string Reply) root)
    {
        await AsAsync("bot", "PUT", $"posts/{root.Id}", new { id = root.Id, message = "edited by put" });
        await AsAsync("bot", "PUT", $"posts/{root.Id}/patch", new { message = "edited by patch" });
        await AsAsync("user1", "POST", $"posts/{root.Id}/pin", null);
        await AsAsync("user1", "POST", $"posts/{root.Id}/unpin", null);
        var reaction = new
        {
            user_id = User("user1"),
            post_id = root.Id,
            emoji_name = "thumbsup",
        };
        await AsAsync("user1", "POST", "reactions", reaction);
        await AsAsync("user1", "DELETE", $"users/{User("user1")}/posts/{root.Id}/reactions/thumbsup", null);
        await AsAsync("user1", "POST", "reactions", reaction);
        foreach (var (number, parent) in new[] { (500, ""), (501, root.Id) })
            await sockets["user1"]
                .SendAsync(
                    $$$"""{"seq":{{{number}}},"action":"user_typing","data":{"channel_id":"{{{Test}}}","parent_id":"{{{parent}}}"}}"""
                );
        await sockets["user1"]
            .UntilAsync(static sight => sight.Text.Contains("\"seq_reply\":501", StringComparison.Ordinal));
        await AsAsync(
            "bot",
            "POST",
            "posts/ephemeral",
            new { user_id = User("user1"), post = new { channel_id = Test, message = "only for you" } }
        );
        await AsAsync("user1", "POST", $"users/{User("user1")}/posts/{root.Id}/set_unread", null);
    }

    private async Task SettingsAsync()
    {
        var preference = new[]
        {
            new
            {
                user_id = User("user1"),
                category = "test_cat",
                name = "n",
                value = "v",
            },
        };
        await AsAsync("user1", "PUT", $"users/{User("user1")}/preferences", preference);
        await AsAsync("user1", "POST", $"users/{User("user1")}/preferences/delete", preference);
        await AsAsync("user1", "PUT", $"users/{User("user1")}/status", new { user_id = User("user1"), status = "dnd" });
    }

    private string User(string username) => scenario.World.User(username).Id;

    private string Team(string name) => scenario.World.Team(name).Id;

    private Task<string> PostAsync(string label, string channel, string message, object? more = null)
    {
        var fields = new Dictionary<string, object> { ["channel_id"] = channel, ["message"] = message };
        if (more is not null)
        {
            foreach (var property in JsonSerializer.SerializeToElement(more).EnumerateObject())
                fields[property.Name] = property.Value;
        }
        return AsAsync(label, "POST", "posts", fields);
    }

    /// <summary>Does it, and returns the id in the answer, if there is one.</summary>
    private async Task<string> AsAsync(string label, string method, string path, object? body)
    {
        var reply = await client.SendAsync(method, "/api/v4/" + path, body, NewerFrames.Token(scenario, label));
        Assert.True(reply.Status is 200 or 201, $"{method} {path} as {label}: {reply.Status}");
        return reply.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("id", out var id)
            ? id.GetString()!
            : "";
    }
}
