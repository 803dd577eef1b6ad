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
}
