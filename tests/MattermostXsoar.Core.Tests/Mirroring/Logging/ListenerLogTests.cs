using System.Text.Json;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Logging;

/// <summary>The log itself: which reader gets what, and what a record looks like as a line.</summary>
public sealed class ListenerLogTests
{
    private static readonly ListenerLogRecord Hostile = new()
    {
        Time = new DateTimeOffset(2026, 11, 25, 1, 2, 3, 4, TimeSpan.Zero),
        Level = ListenerLogLevel.Warning,
        Event = "MirrorPaused",
        InvestigationId = "1\n2026-01-01 Error forged",
        ChannelId = "c1",
        ChannelName = "in\u001b[31mcident\u202e\u2028",
        DurationMs = 12.5,
        Count = 3,
        ErrorId = "PermissionDenied",
        Message = "a\r\nb\tc\u0085d \"e\"",
    };

    [Fact]
    public void A_record_is_one_line_whatever_its_names_hold()
    {
        var line = Hostile.ToString();

        Assert.Equal(
            """
            2026-11-25T01:02:03.004Z Warning MirrorPaused 1\u{A}2026-01-01 Error forged/in\u{1B}[31mcident\u{202E}\u{2028}: a\u{D}\u{A}b\u{9}c\u{85}d "e" [12.5 ms]
            """,
            line
        );
    }

    [Fact]
    public void As_JSON_it_is_one_line_with_its_properties_by_their_names_and_no_empty_ones()
    {
        var line = Hostile.ToJson();

        Assert.DoesNotContain(line, char.IsControl);
        Assert.Equal(VisibleText.Of(line), line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(
            [
                "Time",
                "Level",
                "Event",
                "Mirror",
                "InvestigationId",
                "ChannelId",
                "ChannelName",
                "Count",
                "DurationMs",
                "ErrorId",
                "Message",
            ],
            json.RootElement.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("Warning", json.RootElement.GetProperty("Level").GetString());
        Assert.Equal(Hostile.Message, json.RootElement.GetProperty("Message").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("Count").GetInt32());
        Assert.Equal(
            json.RootElement.EnumerateObject()
                .Select(property => property.Name)
                .Concat(["Direction", "Kind", "SourceId", "TargetId", "Advice", "Text"])
                .Order(),
            typeof(ListenerLogRecord).GetProperties().Select(property => property.Name).Order()
        );
    }

    [Fact]
    public void Each_reader_gets_the_levels_and_the_text_that_it_asked_for_until_it_leaves()
    {
        var log = new ListenerLog(redact: text => text.Replace("t0ken", "***", StringComparison.Ordinal));
        Assert.False(log.IsVerbose);
        List<ListenerLogRecord> quiet = [],
            all = [],
            texts = [];
        using var first = log.Subscribe(quiet.Add, ListenerLogLevel.Warning);
        var second = log.Subscribe(all.Add, ListenerLogLevel.Verbose);
        using var third = log.Subscribe(texts.Add, ListenerLogLevel.Information, withText: true);

        log.Write(
            ListenerLogLevel.Verbose,
            "A",
            "a",
            null,
            default,
            () => throw new InvalidOperationException("Nobody asked for this text.")
        );
        log.Write(ListenerLogLevel.Error, "B", "with t0ken", null, default, () => "said t0ken");
        Assert.True(log.IsVerbose);
        second.Dispose();
        Assert.False(log.IsVerbose);
        log.Information("C", "c");

        Assert.Equal(["B"], quiet.Select(record => record.Event));
        Assert.Equal(["A", "B"], all.Select(record => record.Event));
        Assert.Equal(["B", "C"], texts.Select(record => record.Event));
        Assert.All(quiet.Concat(all), record => Assert.Null(record.Text));
        Assert.Equal(("with ***", "said ***"), (texts[0].Message, texts[0].Text));
    }

    [Fact]
    public void A_problem_is_logged_when_it_begins_when_it_changes_and_when_it_is_over()
    {
        var time = new FakeTimeProvider();
        var log = new ListenerLog(time);
        var logged = new List<ListenerLogRecord>();
        using var reading = log.Subscribe(logged.Add);
        var problem = new RecurringErrorLog(log, time, "StoreWriteFailed", ListenerLogLevel.Error);

        problem.Resolve();
        for (var i = 0; i < 10; i++)
            problem.Report(
                new MattermostXsoarException(ErrorIds.StoreUnavailable, ErrorKind.Store, "full", "make room")
            );
        problem.Report(new MattermostXsoarException(ErrorIds.StoreUnavailable, ErrorKind.Store, "locked"));
        time.Advance(TimeSpan.FromSeconds(7));
        problem.Resolve();
        problem.Resolve();

        Assert.Equal(
            [
                "StoreWriteFailed full make room",
                "StoreWriteFailed locked",
                "Recovered The problem reported as StoreWriteFailed is over.",
            ],
            logged.Select(record => $"{record.Event} {record.Message}")
        );
        Assert.Equal(("StoreUnavailable", "make room"), (logged[0].ErrorId, logged[0].Advice));
        Assert.Equal(7000, logged[2].DurationMs);
    }

    [Fact]
    public void A_log_whose_reader_stopped_reading_does_not_grow_and_reports_how_much_was_left_out()
    {
        var queue = new ListenerLogQueue(TimeProvider.System, most: 3);
        for (var i = 0; i < 10; i++)
            queue.Add(Hostile with { Level = ListenerLogLevel.Verbose, Event = $"V{i}" });
        for (var i = 0; i < 10; i++)
            queue.Add(Hostile with { Level = ListenerLogLevel.Error, Event = $"E{i}" });

        var read = new List<ListenerLogRecord>();
        while (queue.TryTake(out var record))
            read.Add(record);

        Assert.Equal(["V0", "V1", "V2", "E0", "E1", "E2", "LogRecordsDropped"], read.Select(record => record.Event));
        Assert.Equal(14, read[^1].Count);
        Assert.True(queue.IsEmpty);
        queue.Add(Hostile);
        Assert.True(queue.TryTake(out _));
    }
}
