using System.Text.Json;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What no person wrote in a channel is not mirrored.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public async Task Posts_of_bots_webhooks_and_the_server_are_left_out_and_so_are_their_edits_and_deletions()
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
        using var http = new HttpClient { BaseAddress = harness.Sandbox.MattermostUri };
        http.DefaultRequestHeaders.Authorization = new("Bearer", harness.Sandbox.PersonalToken);
        using var made = await http.PostAsync(
            "api/v4/hooks/incoming",
            new StringContent($$"""{"channel_id":"{{mattermost.Channel("incident-1").Id}}","display_name":"alarm"}"""),
            harness.Token
        );
        using var hook = JsonDocument.Parse(
            await made.EnsureSuccessStatusCode().Content.ReadAsStringAsync(harness.Token)
        );
        using var rang = await http.PostAsync(
            $"hooks/{hook.RootElement.GetProperty("id").GetString()}",
            new StringContent("""{"text":"an alarm"}"""),
            harness.Token
        );
        rang.EnsureSuccessStatusCode();
        var alarm = mattermost.Messages("incident-1").Single(post => post.Message == "an alarm");
        mattermost.Edit(alarm.Id, "an alarm, edited");
        mattermost.Rename("incident-1", "Another display name");
        mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Single(harness.FromChat());
    }
}
