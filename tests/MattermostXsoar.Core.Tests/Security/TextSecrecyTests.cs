using System.Text;
using System.Text.Json;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Core.Tests.Mirroring.Logging;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>What people write, and what their files are called, is in the log only where that was asked for, and nowhere
/// else that is shown.</summary>
public sealed class TextSecrecyTests(ITestOutputHelper output)
{
    // Pieces of 8 and more signs that occur nowhere else.
    private const string FromChat = "the password of vault seven is Zwetschgenkuchen \"42\"";
    private const string FromWarRoom = "the suspect's name is Quastenflosser & he knows";
    private const string FileName = "dismissal-of-quastenflosser.eml";

    private static readonly string[] Secrets =
    [
        "Zwetschgen",
        "vault seven",
        "Quastenflosser",
        "suspect",
        "dismissal",
        "quastenflosser",
    ];

    [Fact]
    public async Task Without_a_request_no_record_measurement_view_or_stored_error_contains_it_even_if_a_server_quotes_it()
    {
        using var measured = new Measurements();
        await using var harness = await MirrorHarness.StartAsync();
        using var log = new LogReader(harness.Service.Log);

        await TalkAsync(harness, log);

        var shown = new StringBuilder();
        shown
            .AppendJoin('\n', log.Records)
            .AppendJoin('\n', log.Records.Select(record => record.ToJson()))
            .AppendJoin('\n', harness.Service.GetMirrors())
            .AppendJoin('\n', harness.Service.GetFailedDeliveries())
            .Append(harness.Service.GetListener());
        shown.AppendJoin('\n', measured.Lines);
        Assert.All(
            Secrets,
            secret => Assert.DoesNotContain(secret, shown.ToString(), StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(3, harness.Service.GetFailedDeliveries().Count);
        Assert.Contains(
            log.Records,
            record => record.Event == "Retrying" && record.Message.Contains("***", StringComparison.Ordinal)
        );
        Assert.All(
            harness.Service.GetFailedDeliveries(),
            line => Assert.Contains("***", line.Reason, StringComparison.Ordinal)
        );
        output.WriteLine(
            $"{Secrets.Length} pieces of text searched for in {log.Records.Count} log records, {measured.Lines.Count} measurements and {harness.Service.GetFailedDeliveries().Count} refused lines: none"
        );
    }

    [Fact]
    public async Task On_request_the_records_of_deliveries_contain_it_in_their_Text_only_and_without_tokens()
    {
        await using var harness = await MirrorHarness.StartAsync();
        using var log = new LogReader(harness.Service.Log, withText: true);
        using var other = new LogReader(harness.Service.Log);

        await TalkAsync(harness, log);
        var leak = harness.Sandbox.Mattermost.Post("user1", "incident-1", $"use {harness.Sandbox.BotToken} for it").Id;
        var leaked = await log.WhenAsync("Delivered", record => record.SourceId == leak);

        foreach (var what in new[] { "DeliveryRecorded", "Delivered", "DeliveryFailed" })
        {
            Assert.Contains(log.Records, record => record.Event == what && record.Text == FromChat);
            Assert.Contains(
                log.Records,
                record =>
                    record.Event == what
                    && record.Text is { } text
                    && text.Contains(FromWarRoom, StringComparison.Ordinal)
            );
            Assert.Contains(
                log.Records,
                record =>
                    record is { Kind: "File" }
                    && record.Event == what
                    && record.Text!.EndsWith(FileName, StringComparison.Ordinal)
            );
        }

        Assert.Equal("use *** for it", leaked.Text);
        Assert.All(
            log.Records,
            record =>
                Assert.DoesNotContain(
                    "Quastenflosser",
                    (record with { Text = null }).ToString(),
                    StringComparison.OrdinalIgnoreCase
                )
        );
        Assert.All(other.Records, record => Assert.Null(record.Text));
    }

    // Both servers take it once, refuse it once while they quote it, and fail while they quote it.
    private static async Task TalkAsync(MirrorHarness harness, LogReader log)
    {
        await harness.MirrorConnectedAsync();
        await PostAsync(harness, log, "Delivered");
        foreach (var status in new[] { 503, 400 })
        {
            var onPosts = AddFaults(harness, status);
            await PostAsync(harness, log, status == 400 ? "DeliveryFailed" : "DeliveryRetried");
            // The file waits behind the message.
            harness.Sandbox.Faults.Remove(onPosts.Id);
            if (status == 503)
                await log.WhenAsync(
                    "DeliveryRetried",
                    record => record is { Direction: "WarRoomToChat", Kind: "File" }
                );
            harness.Sandbox.Faults.Clear();
            await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, State: MirrorState.Active });
        }
    }

    private static async Task PostAsync(MirrorHarness harness, LogReader log, string logged)
    {
        var before = log.Records.Count(record => record.Event == logged && record.Direction == "ChatToWarRoom");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", FromChat);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", FromWarRoom);
        harness.Sandbox.Xsoar.AddFile("1", "jane", FileName, Encoding.UTF8.GetBytes("Subject: hi"), "the mail");
        await log.WhenAsync(logged, record => record.Direction == "ChatToWarRoom", skip: before);
        await log.WhenAsync(logged, record => record is { Direction: "WarRoomToChat", Kind: "Message" });
        if (logged != "DeliveryRetried")
            await log.WhenAsync(logged, record => record is { Direction: "WarRoomToChat", Kind: "File" });
    }

    // A server quotes what it was sent: whole, as JSON, and in part.
    private static Fault AddFaults(MirrorHarness harness, int status)
    {
        harness.Sandbox.Faults.Add(Fault("xsoar", "/entry/formatted$", status, FromChat));
        harness.Sandbox.Faults.Add(Fault("mattermost", "/api/v4/files$", status, FileName));
        return harness.Sandbox.Faults.Add(Fault("mattermost", "/api/v4/posts$", status, FromWarRoom));
    }

    private static Fault Fault(string server, string path, int status, string text)
    {
        var quoted = JsonSerializer.Serialize($"refused: {text} / {JsonEncodedText.Encode(text)} / {text[5..25]}");
        return new Fault
        {
            Server = server,
            Method = "POST",
            PathPattern = path,
            Kind = FaultKind.Status,
            Status = status,
            Body =
                $$"""{"id":"bad","status":{{status}},"status_code":{{status}},"title":{{quoted}},"detail":{{quoted}},"error":{{quoted}},"message":{{quoted}},"detailed_error":{{quoted}}}""",
            // Refused once: the note in place of a file is accepted.
            Count = status == 400 ? 1 : 1000,
        };
    }
}
