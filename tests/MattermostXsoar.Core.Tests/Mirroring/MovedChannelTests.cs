using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A mirrored channel that an administrator moves to another team: its team is where it is now.</summary>
public sealed class MovedChannelTests
{
    private static SandboxOptions Newer => new() { MattermostVersion = "11.6.0" };

    [Fact]
    public async Task The_mirror_goes_on_in_the_new_team_and_its_permalinks_lead_there()
    {
        await using var harness = await StartAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "before");
        await harness.WarRoomAsync(texts => texts.Contains("before"));
        // The old team no longer counts.
        harness.Sandbox.Mattermost.Move("incident-1", "soc");
        await harness.MirrorIsAsync(mirror => mirror.Team == "soc");
        await GoesOnAsync(harness);
    }

    [Fact]
    public async Task A_move_while_nobody_listened_is_found_at_the_start()
    {
        await using var harness = await StartAsync();
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Mattermost.Move("incident-1", "soc");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.MirrorIsAsync(mirror => mirror.Team == "soc");
        await GoesOnAsync(harness);
    }

    [Fact]
    public async Task A_pass_finds_the_move_before_it_delivers()
    {
        await using var harness = await StartAsync();
        await harness.Service.Listener.StopAsync();
        await harness.NewServiceAsync(noListener: true);
        harness.Sandbox.Mattermost.Move("incident-1", "soc");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "moved");
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal("soc", Assert.Single(harness.Service.GetMirrors("1")).Team);
        Assert.Contains("soc/pl/", Assert.Single(harness.FromChat()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_in_the_new_team_reads_its_name_in_the_reason()
    {
        await using var harness = await StartAsync();
        harness.Sandbox.Mattermost.Move("incident-1", "soc");
        await harness.MirrorIsAsync(mirror => mirror.Team == "soc");
        harness.Sandbox.Mattermost.RemoveFromTeam("soc", harness.Sandbox.Options.Seed.Bot);
        // What the events show comes first; the check of the channel finds the cause.
        var paused = await harness.MirrorIsAsync(mirror =>
            mirror.State == MirrorState.Paused && mirror.Reason!.Contains("'soc'", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("panw", paused.Reason, StringComparison.Ordinal);
    }

    private static async Task<MirrorHarness> StartAsync()
    {
        var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.CreateTeam("soc", "SOC");
        var seed = harness.Sandbox.Options.Seed;
        foreach (var name in seed.People.Select(person => person.Username).Append(seed.Bot).Append("admin"))
            harness.Sandbox.Mattermost.AddToTeam("soc", name);
        return harness;
    }

    private static async Task GoesOnAsync(MirrorHarness harness)
    {
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "after");
        await harness.WarRoomAsync(texts => texts.Contains("after"));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "and back");
        await harness.ChatAsync("incident-1", texts => texts.Contains("and back"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var mirror = Assert.Single(harness.Service.GetMirrors("1"));
        Assert.Equal((MirrorState.Active, null), (mirror.State, mirror.Reason));
        Assert.Contains(
            harness.FromChat(),
            entry =>
                entry.Contains(": after\n", StringComparison.Ordinal)
                && entry.Contains("soc/pl/", StringComparison.Ordinal)
        );
    }
}
