using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Logging;

/// <summary>What the log contains about a mirror.</summary>
public sealed class MirrorLogTests
{
    private static readonly Regex Documented = new(
        @"^\| ((?:`\w+`(?:, )?)+) \| (?:Verbose|Information|Warning|Error)",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );

    [Fact]
    public async Task Each_event_of_the_log_is_documented()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "docs", "operations.md"),
            TestContext.Current.CancellationToken
        );
        var documented = Documented
            .Matches(page)
            .SelectMany(match => match.Groups[1].Value.Split(", "))
            .Select(name => name.Trim('`'));
        var events = typeof(ListenerLogEvents)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetValue(null)!);

        Assert.Equal(events.Order(), documented.Order());
    }

    [Fact]
    public async Task Each_delivery_is_logged_with_its_kind_its_ids_on_both_sides_and_its_duration()
    {
        await using var harness = await MirrorHarness.StartAsync();
        using var log = new LogReader(harness.Service.Log);
        await harness.MirrorConnectedAsync();
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        var toWarRoom = await log.WhenAsync("Delivered", record => record.SourceId == post.Id);
        harness.Tick();
        harness.Sandbox.Mattermost.Edit(post.Id, "one, edited");
        var edited = await log.WhenAsync("Delivered", record => record.Kind == "Edit");
        harness.Sandbox.Mattermost.Delete(post.Id);
        var deleted = await log.WhenAsync("Delivered", record => record.Kind == "Deletion");
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "two").Id;
        var toChat = await log.WhenAsync("Delivered", record => record.SourceId == entry);
        var file = harness
            .Sandbox.Xsoar.AddFile("1", "jane", "mail.eml", Encoding.UTF8.GetBytes("Subject: hi"), "the mail")
            .Id;
        var carried = await log.WhenAsync("Delivered", record => record.Kind == "File");

        Assert.Equal(
            ("ChatToWarRoom", "Message", "1/incident-1", ListenerLogLevel.Verbose),
            (toWarRoom.Direction, toWarRoom.Kind, toWarRoom.Mirror, toWarRoom.Level)
        );
        Assert.Equal(harness.Sandbox.Mattermost.Channel("incident-1").Id, toWarRoom.ChannelId);
        Assert.Contains(harness.Sandbox.Xsoar.Entries("1"), it => it.Id == toWarRoom.TargetId);
        Assert.True(toWarRoom.DurationMs > 0);
        Assert.Equal((post.Id, post.Id), (edited.SourceId, deleted.SourceId));
        Assert.Equal(("WarRoomToChat", "Message"), (toChat.Direction, toChat.Kind));
        Assert.Contains(harness.Sandbox.Mattermost.Messages("incident-1"), it => it.Id == toChat.TargetId);
        Assert.Equal(file, carried.SourceId);
        foreach (var delivered in new[] { toWarRoom, toChat, carried })
            Assert.Contains(
                log.Records,
                record =>
                    record.Event == "DeliveryRecorded"
                    && record.SourceId == delivered.SourceId
                    && record.Kind == delivered.Kind
            );
        Assert.Contains(log.Records, record => record is { Event: "WarRoomRead", Count: 1, DurationMs: > 0 });
        Assert.All(log.Records, record => Assert.Null(record.Text));
    }

    [Fact]
    public async Task Tries_that_fail_look_ups_and_refusals_are_logged_with_the_error_and_what_to_do()
    {
        await using var harness = await MirrorHarness.StartAsync();
        using var log = new LogReader(harness.Service.Log);
        await harness.MirrorConnectedAsync();
        var sandbox = harness.Sandbox;
        sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000,
            }
        );
        var late = sandbox.Mattermost.Post("user1", "incident-1", "late").Id;
        var retrying = await log.WhenAsync("Retrying");
        var tried = await log.WhenAsync("DeliveryRetried", record => record.SourceId == late);
        sandbox.Faults.Clear();
        var recovered = await log.WhenAsync("Recovered");
        sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.ActThenDrop,
                Count = 1,
            }
        );
        var lost = sandbox.Mattermost.Post("user1", "incident-1", "lost answer").Id;
        var found = await log.WhenAsync("AlreadyDelivered");
        sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Status,
                Status = 400,
                Body = "{}",
                Count = 1,
            }
        );
        var bad = sandbox.Mattermost.Post("user1", "incident-1", "bad").Id;
        var refused = await log.WhenAsync("DeliveryFailed");

        Assert.Equal(("ServerError", ListenerLogLevel.Warning), (retrying.ErrorId, retrying.Level));
        Assert.Equal(("ServerError", "ChatToWarRoom", "Message"), (tried.ErrorId, tried.Direction, tried.Kind));
        Assert.True(tried.DurationMs > 0 && recovered.DurationMs > 0);
        Assert.Contains(log.Records, record => record.Event == "DeliveryLookedUp" && record.SourceId == lost);
        Assert.Equal((lost, 1), (found.SourceId, found.Count));
        Assert.Contains(sandbox.Xsoar.Entries("1"), entry => entry.Id == found.TargetId);
        Assert.Equal(
            (bad, "InvalidRequest", ListenerLogLevel.Error),
            (refused.SourceId, refused.ErrorId, refused.Level)
        );
    }

    [Fact]
    public async Task The_changes_of_a_mirror_and_of_its_listener_are_logged_with_reasons_and_times()
    {
        await using var harness = await MirrorHarness.StartAsync();
        using var log = new LogReader(harness.Service.Log, ListenerLogLevel.Information);
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Channel = "test",
                AutoClose = false,
            },
            harness.Token
        );
        await log.WhenAsync("MirrorStarted");
        var key = harness.Sandbox.XsoarApiKey;
        harness.Sandbox.Xsoar.RollApiKey();
        var paused = await log.WhenAsync("MirrorPaused");
        harness.Sandbox.Xsoar.RestoreApiKey(key);
        var active = await log.WhenAsync("MirrorResumed");
        harness.Sandbox.CutWebSockets();
        var reconnecting = await log.WhenAsync("Reconnecting");
        await log.WhenAsync("Connected", record => record.Time > reconnecting.Time);
        harness.Sandbox.Xsoar.Close("1");
        var closed = await log.WhenAsync("MirrorClosed");
        harness.Sandbox.Xsoar.Reopen("1");
        await log.WhenAsync("MirrorReopened");
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                Type = MirrorType.Chat,
                AutoClose = false,
            },
            harness.Token
        );
        await log.WhenAsync("MirrorChanged");
        await harness.Service.StopMirrorsAsync("1", null, "enough", closeChannel: false, harness.Token);
        await log.WhenAsync("MirrorStopped");
        harness.Sandbox.Mattermost.Post("user1", "test", "not carried");
        await harness.Service.StopListenerAsync();
        var stopped = await log.WhenAsync("Stopped");

        Assert.Equal(("InvalidXsoarKey", ListenerLogLevel.Warning), (paused.ErrorId, paused.Level));
        Assert.False(string.IsNullOrEmpty(paused.Advice));
        Assert.EndsWith(paused.Advice!, paused.Message, StringComparison.Ordinal);
        Assert.True(active.DurationMs > 0 && reconnecting.DurationMs > 0 && stopped.DurationMs >= 0);
        Assert.Equal(ListenerLogLevel.Information, closed.Level);
        var logged = log.Records.Select(record => record.Event).ToList();
        Assert.Equal("Connecting", logged[0]);
        Assert.Equal("Started", logged[1]);
        Assert.Equal(["Stopping", "Stopped"], logged.TakeLast(2));
        Assert.Contains("MirrorClosing", logged);
        Assert.Contains("EventGap", logged);
        Assert.DoesNotContain("Delivered", logged);
        // Nothing went wrong that a person should look at.
        Assert.DoesNotContain(log.Records, record => record.Level == ListenerLogLevel.Error);
    }

    [Fact]
    public async Task What_was_written_while_nobody_listened_is_counted_and_timed_on_both_sides()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.StopListenerAsync();
        for (var i = 0; i < 5; i++)
        {
            harness.Sandbox.Mattermost.Post("user1", "incident-1", $"chat {i}");
            harness.Sandbox.Xsoar.AddEntry("1", "jane", $"room {i}");
        }

        var service = await harness.NewServiceAsync();
        using var log = new LogReader(service.Log, ListenerLogLevel.Information);
        await service.StartListenerAsync(harness.Token);
        var fromChat = await log.WhenAsync("CaughtUp", record => record.Direction == "ChatToWarRoom");
        var fromWarRoom = await log.WhenAsync("CaughtUp", record => record.Direction == "WarRoomToChat");

        Assert.Equal((5, 5), (fromChat.Count, fromWarRoom.Count));
        Assert.True(fromChat.DurationMs > 0 && fromWarRoom.DurationMs > 0);
        Assert.Equal(1, (await log.WhenAsync("Started")).Count);
    }
}
