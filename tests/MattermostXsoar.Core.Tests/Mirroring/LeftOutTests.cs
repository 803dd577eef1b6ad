using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What no person writes in a channel is not mirrored.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public async Task Posts_of_bots_and_of_the_server_are_left_out_and_so_are_their_edits_and_deletions()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var mattermost = harness.Sandbox.Mattermost;
        mattermost.CreateUser("otherbot", isBot: true);
        mattermost.AddToTeam("panw", "otherbot");
        mattermost.AddMember("incident-1", "otherbot");
        var beep = mattermost.Post("otherbot", "incident-1", "beep");
        mattermost.Edit(beep.Id, "beep, edited");
        mattermost.Delete(beep.Id);
        mattermost.Rename("incident-1", "Another display name");
        mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Single(harness.FromChat());
    }
}
