using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Admin;

/// <summary>The actions of people that another process can trigger, and what it can read.</summary>
public sealed class PeopleAdminTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task People_write_on_both_sides()
    {
        Assert.Equal(
            201,
            (
                await _client.PostAsync(
                    "/sandbox/post",
                    new
                    {
                        user = "user1",
                        channel = "test",
                        message = "from outside",
                    }
                )
            ).Status
        );
        Assert.Equal("from outside", _sandbox.Mattermost.Messages("test")[^1].Message);
        Assert.Equal(
            "from outside",
            (await _client.GetAsync("/sandbox/posts?channel=test"))
                .Json.EnumerateArray()
                .Last()
                .GetProperty("message")
                .GetString()
        );
        Assert.Equal(
            201,
            (
                await _client.PostAsync(
                    "/sandbox/entry",
                    new
                    {
                        investigationId = "1",
                        user = "jane",
                        text = "from outside",
                    }
                )
            ).Status
        );
        Assert.Equal("jane", Assert.Single(_sandbox.Xsoar.Entries("1")).User);
        Assert.Equal(1, (await _client.GetAsync("/sandbox/entries?investigationId=1")).Json.GetArrayLength());
    }

    [Fact]
    public async Task People_react_and_pin()
    {
        var post = _sandbox.Mattermost.Post("user1", "test", "a message").Id;
        await DoAsync(
            "reaction",
            new
            {
                user = "user1",
                post,
                emoji = "eyes",
            }
        );
        await DoAsync(
            "reaction",
            new
            {
                user = "user2",
                post,
                emoji = "eyes",
            }
        );
        await DoAsync(
            "reaction",
            new
            {
                user = "user1",
                post,
                emoji = "eyes",
                remove = true,
            }
        );
        await DoAsync("pin", new { post });
        var listed = (await _client.GetAsync("/sandbox/posts?channel=test")).Json.EnumerateArray().Last();
        Assert.True(listed.GetProperty("isPinned").GetBoolean());
        var reaction = Assert.Single(listed.GetProperty("reactions").EnumerateArray());
        Assert.Equal(
            (_sandbox.Mattermost.User("user2").Id, "eyes"),
            (reaction.GetProperty("userId").GetString(), reaction.GetProperty("emojiName").GetString())
        );
        await DoAsync("pin", new { post, pinned = false });
        Assert.Empty(_sandbox.Mattermost.PinnedPosts("test"));
    }

    [Fact]
    public async Task An_entry_is_marked_as_a_note_and_unmarked()
    {
        var entry = _sandbox.Xsoar.AddEntry("1", "jane", "an entry").Id;
        await DoAsync("note", new { entry });
        Assert.True(_sandbox.Xsoar.Entries("1")[0].Note);
        await DoAsync("note", new { entry, note = false });
        Assert.False(_sandbox.Xsoar.Entries("1")[0].Note);
    }

    [Fact]
    public async Task A_user_is_added_to_a_channel()
    {
        Assert.Equal(
            400,
            (
                await _client.PostAsync(
                    "/sandbox/post",
                    new
                    {
                        user = "user3",
                        channel = "secret",
                        message = "x",
                    }
                )
            ).Status
        );
        Assert.Equal(
            200,
            (await _client.PostAsync("/sandbox/member", new { user = "user3", channel = "secret" })).Status
        );
        Assert.Equal(
            201,
            (
                await _client.PostAsync(
                    "/sandbox/post",
                    new
                    {
                        user = "user3",
                        channel = "secret",
                        message = "x",
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task An_incident_is_created()
    {
        var id = (
            await _client.PostAsync(
                "/sandbox/incident",
                new
                {
                    name = "Lost laptop",
                    type = "Theft",
                    severity = 3,
                    owner = "jane",
                    details = "In a taxi.",
                }
            )
        )["id"];
        var incident = _sandbox.Xsoar.Incident(id);
        Assert.Equal(
            ("Lost laptop", "Theft", 3.0, "jane", "In a taxi."),
            (incident.Name, incident.Type, incident.Severity, incident.Owner, incident.Details)
        );
    }

    [Fact]
    public async Task Addresses_and_tokens_are_returned()
    {
        var info = (await _client.GetAsync("/sandbox/info")).Json;
        Assert.Equal(_sandbox.XsoarUri.ToString(), info.GetProperty("xsoarUri").GetString());
        Assert.Equal(_sandbox.BotToken, info.GetProperty("botToken").GetString());
    }

    [Theory]
    [InlineData("/sandbox/post", """{"user":"nobody","channel":"test","message":"x"}""", "nobody")]
    [InlineData("/sandbox/post", """{"user":"user1","channel":"test"}""", "$.message: is missing or empty")]
    [InlineData(
        "/sandbox/entry",
        """{"investigationId":"1","user":"jane","text":"x","kategory":"chat"}""",
        "did you mean category?"
    )]
    [InlineData(
        "/sandbox/incident",
        """{"name":"x","severity":9}""",
        "$.severity: expected a number from 0 to 4, found 9"
    )]
    [InlineData("/sandbox/pin", """{"post":"nothing"}""", "Unable to get the post.")]
    [InlineData("/sandbox/reaction", """{"user":"user1","post":"x"}""", "$.emoji: is missing or empty")]
    [InlineData("/sandbox/note", """{"entry":"9@1"}""", "Could not find entry 9@1")]
    [InlineData("/sandbox/clock", """{"xsoar":"late"}""", "$.xsoar: expected seconds as a number")]
    [InlineData("/sandbox/clock", """{"xsoar":1e9}""", "$.xsoar: ")]
    [InlineData("/sandbox/tokens/mine/revoke", "{}", "use bot, personal or xsoar")]
    [InlineData("/sandbox/tokens/bot/burn", "{}", "use revoke, restore or renew")]
    [InlineData("/sandbox/restart?seconds=soon", "{}", "seconds: expected a number from 0 to 86400")]
    [InlineData("/sandbox/freeze?webSocketsOnly=perhaps", "{}", "webSocketsOnly: expected true or false")]
    public async Task An_invalid_request_is_reported(string path, string body, string message)
    {
        var reply = await _client.PostAsync(path, body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(message, reply["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_route_is_reported()
    {
        var reply = await _client.GetAsync("/sandbox/nothing");
        Assert.Equal(404, reply.Status);
        Assert.Contains("docs/sandbox.md", reply["message"], StringComparison.Ordinal);
        Assert.Equal(404, (await _client.GetAsync("/sandbox")).Status);
    }

    private async Task DoAsync(string what, object body) =>
        Assert.Equal(200, (await _client.PostAsync("/sandbox/" + what, body)).Status);
}
