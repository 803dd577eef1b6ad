using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

/// <summary>When the channels are compared, and with how many calls. The interval is an hour.</summary>
public sealed class ChannelReconcilerTests
{
    private const string OfAllTeams = "/users/[a-z0-9]+/channels$";
    private const string OfOneTeam = "/users/[a-z0-9]+/teams/[a-z0-9]+/channels$";

    private static readonly MirrorOptions Rarely = MirrorHarness.Quick with { Reconcile = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_server_with_a_list_of_all_teams_is_asked_once_for_any_number_of_mirrors()
    {
        await using var harness = await MirrorHarness.StartAsync(mirroring: Rarely);
        var asked = new List<string>();
        await ListAllTeamsAsync(harness, asked);
        await harness.MirrorConnectedAsync("1");
        await harness.MirrorConnectedAsync("2");
        asked.Clear();
        harness.Sandbox.Calls.Clear();
        harness.Sandbox.CutWebSockets();
        await harness.Service.Listener.WaitAsync(ListenerState.Reconnecting, harness.Token);
        await harness.WhenAsync(() => asked.Count == 1);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        Assert.Single(asked);
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("mattermost", "GET", OfOneTeam));
    }

    [Fact]
    public async Task A_server_without_it_is_asked_for_each_team_and_for_the_list_once_a_connection()
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                Reconcile = TimeSpan.FromMilliseconds(20),
            }
        );
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 404,
                PathPattern = OfAllTeams,
                Count = int.MaxValue,
            }
        );
        await harness.MirrorConnectedAsync("1");
        harness.Sandbox.Calls.Clear();
        await harness.Sandbox.Calls.WaitForAsync(
            _ => harness.Sandbox.Calls.CountOf("mattermost", "GET", OfOneTeam) >= 5,
            harness.Token
        );
        Assert.InRange(harness.Sandbox.Calls.CountOf("mattermost", "GET", OfAllTeams), 0, 1);
    }

    [Fact]
    public async Task A_channel_that_was_renamed_while_no_event_came_is_noticed_at_the_next_connection()
    {
        await using var harness = await MirrorHarness.StartAsync(mirroring: Rarely);
        await harness.MirrorConnectedAsync("1");
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.WebSocketDropFrames,
                PathPattern = "^channel_updated$",
                MayNotHappen = "the connection may be cut before the frame is sent",
            }
        );
        harness.Sandbox.Mattermost.Rename("incident-1", "Renamed", "incident-1-renamed");
        harness.Sandbox.CutWebSockets();
        await harness.MirrorIsAsync(mirror => mirror.ChannelName == "incident-1-renamed");
    }

    // The answer of a server from 6.1 on (recorded: rest-users-channels.json of 11.6).
    private static async Task ListAllTeamsAsync(MirrorHarness harness, List<string> asked)
    {
        harness.Between = (request, _) =>
        {
            var path = request.RequestUri!.AbsolutePath;
            if (!Regex.IsMatch(path, OfAllTeams))
                return null;
            lock (asked)
                asked.Add(path);
            var channels = harness
                .Sandbox.Mattermost.Channels.Where(channel =>
                    channel.Name.StartsWith("incident-", StringComparison.Ordinal)
                )
                .Select(channel => new
                {
                    id = channel.Id,
                    name = channel.Name,
                    team_id = channel.TeamId,
                    last_post_at = channel.LastPostAt,
                });
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(JsonSerializer.Serialize(channels)),
                RequestMessage = request,
            };
        };
        await harness.NewServiceAsync();
    }
}
