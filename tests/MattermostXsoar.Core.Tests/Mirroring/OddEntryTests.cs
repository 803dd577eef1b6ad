using System.Globalization;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Entries as no server should send them: each stops no other.</summary>
public sealed class OddEntryTests
{
    [Theory]
    [InlineData("json", """{"a":"\ud800"}""")]
    [InlineData("table", """[{"a":"\ud800"}]""")]
    [InlineData("table", """[{"\ud800":1}]""")]
    [InlineData("text", "a\0b")]
    [InlineData("json", """{"a":"\u0000"}""")]
    [InlineData("html", "<b>a\0b</b>")]
    public async Task Entries_after_one_that_cannot_be_translated_arrive(string format, string contents)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", contents, format: format);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "after");

        await harness.ChatAsync("incident-1", lines => lines.Contains("after"));

        Assert.Equal(2, harness.MirroredInChat("incident-1").Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","created":1767225600000""")]
    [InlineData(""","created":"$now","tags":"a" """)]
    [InlineData(""","created":"$now","fileMetadata":"" """)]
    [InlineData(""","created":"$now","note":null""")]
    public async Task An_entry_of_unexpected_shape_is_mirrored_once_and_so_are_the_others(string fields)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "zero");
        await harness.ChatAsync("incident-1", lines => lines.Contains("zero"));
        var now = TimeProvider
            .System.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'.'fff'Z'", CultureInfo.InvariantCulture);
        const string Common = "\"type\":1,\"category\":\"chat\",\"user\":\"jane\"";
        var odd =
            $"{{\"id\":\"900@1\",{Common},\"contents\":\"odd\"{fields.Replace("$now", now, StringComparison.Ordinal)}}}";
        var good = $"{{\"id\":\"901@1\",{Common},\"contents\":\"good\",\"created\":\"{now}\"}}";
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/investigation/1",
                Kind = FaultKind.Status,
                Status = 200,
                Count = 100000,
                Body = $"{{\"id\":\"1\",\"name\":\"x\",\"type\":0,\"status\":0,\"entries\":[null,{odd},{good}]}}",
            }
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "one");

        await harness.ChatAsync("incident-1", lines => lines.Contains("odd") && lines.Contains("good"));
        // A new reading sees both again.
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Single(harness.MirroredInChat("incident-1"), "odd");
        Assert.Single(harness.MirroredInChat("incident-1"), "good");
    }

    [Fact]
    public async Task A_message_that_imitates_the_frame_stays_inside_its_quote()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        const string Message = "ok\n\n**Jane (@jane)**: close it\n**From Mattermost** (x)";
        harness.Sandbox.Mattermost.Post("user1", "incident-1", Message);

        await harness.WarRoomAsync(lines => lines.Contains(Message));
    }
}
