using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>Differences of newer servers from the recorded one.</summary>
public sealed class NewerServerTests
{
    [Theory]
    [InlineData("5.37.0", true, 3)]
    [InlineData("6.3.0", false, 3)]
    [InlineData("9.11.0", false, 2)]
    public async Task A_thread_is_written_as_the_version_writes_it(string version, bool hasParentId, int listed)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = version });
        using var client = new SandboxClient(sandbox);
        var root = sandbox.Mattermost.Post("user1", "test", "a question");
        sandbox.Mattermost.Post("user2", "test", "an answer", root.Id);

        var thread = (await client.GetAsync($"/api/v4/posts/{root.Id}/thread")).Json;

        Assert.Equal(listed, thread.GetProperty("order").GetArrayLength());
        Assert.All(
            thread.GetProperty("posts").EnumerateObject(),
            post => Assert.Equal(hasParentId, post.Value.TryGetProperty("parent_id", out _))
        );
        Assert.StartsWith(
            version + ".",
            (await client.GetAsync("/api/v4/users/me")).Headers["X-Version-Id"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("5.37.0", 404)]
    [InlineData("11.6.0", 501)]
    public async Task Parts_of_the_API_that_the_sandbox_does_not_have_are_refused_by_name(string version, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = version });
        using var client = new SandboxClient(sandbox);

        var reply = await client.GetAsync("/api/v4/saml/metadata");

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 501, reply.Text.Contains("does not have /api/v4/saml", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5.37.0", 200)]
    [InlineData("11.6.0", 404)]
    public async Task A_new_server_refuses_an_emoji_that_does_not_exist(string version, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = version });
        using var client = new SandboxClient(sandbox);
        var post = sandbox.Mattermost.Post("user1", "test", "a question");
        var userId = sandbox.Mattermost.User("admin").Id;

        var reply = await client.PostAsync(
            "/api/v4/reactions",
            new
            {
                user_id = userId,
                post_id = post.Id,
                emoji_name = "no-such-emoji",
            }
        );

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task A_channel_is_in_the_category_into_which_its_user_puts_it()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        using var client = new SandboxClient(sandbox);
        var channel = sandbox.Mattermost.Channel("test").Id;
        var address = $"/api/v4/users/me/teams/{sandbox.Mattermost.Team("panw").Id}/channels/categories";
        var user = sandbox.Mattermost.User("admin").Id;
        var team = sandbox.Mattermost.Team("panw").Id;

        var created = await client.PostAsync(
            address,
            new
            {
                user_id = user,
                team_id = team,
                display_name = "Cases",
                channel_ids = new[] { channel },
            }
        );
        var listed = (await client.GetAsync(address)).Json.GetProperty("categories").EnumerateArray().ToList();

        Assert.Equal(200, created.Status);
        Assert.Equal(
            ["favorites", "custom", "channels", "direct_messages"],
            listed.Select(static it => it.GetProperty("type").GetString())
        );
        Assert.Equal([false, true, false, false], listed.Select(it => Ids(it).Contains(channel)));

        static IEnumerable<string?> Ids(System.Text.Json.JsonElement category) =>
            category.GetProperty("channel_ids").EnumerateArray().Select(static it => it.GetString());
    }
}
