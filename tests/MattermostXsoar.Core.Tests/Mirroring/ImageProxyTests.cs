using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A server with an image proxy changes the addresses of pictures in what it returns: the War Room gets those
/// that people wrote.</summary>
public sealed class ImageProxyTests
{
    private const string Picture = "![logo](http://evil.example/logo.png)";

    private static SandboxOptions WithProxy => new() { MattermostVersion = "11.6.0", ImageProxy = true };

    [Fact]
    public async Task Messages_edits_and_quotes_have_the_addresses_that_people_wrote()
    {
        await using var harness = await MirrorHarness.StartAsync(WithProxy);
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", $"look {Picture}");
        await harness.WarRoomAsync(texts => texts.Count == 1);
        harness.Sandbox.Mattermost.Edit(post.Id, $"look again {Picture}");
        await harness.WarRoomAsync(texts => texts.Count == 2);
        harness.Sandbox.Mattermost.Post("user2", "incident-1", "an answer", post.Id);
        await harness.WarRoomAsync(texts => texts.Contains("an answer"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", $"meanwhile {Picture}");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.WarRoomAsync(texts => texts.Count == 4);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(4, harness.FromChat().Count(entry => entry.Contains("evil.example", StringComparison.Ordinal)));
        Assert.DoesNotContain(harness.FromChat(), entry => entry.Contains("api/v4/image", StringComparison.Ordinal));
        Assert.Equal(4, harness.FromChat().Count);
    }
}
