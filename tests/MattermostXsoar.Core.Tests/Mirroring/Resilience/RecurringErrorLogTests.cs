using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Tests.Mirroring.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

public sealed class RecurringErrorLogTests
{
    private const string What = ListenerLogEvents.ChannelCheckFailed;

    private readonly FakeTimeProvider _time = new(TestMirror.Start);
    private readonly ListenerLog _log = new();
    private readonly RecurringErrorLog _errors;

    public RecurringErrorLogTests() =>
        _errors = new RecurringErrorLog(
            _log,
            _time,
            What,
            ListenerLogLevel.Warning,
            () => new MirrorKey("1", "channel", "incident-1")
        );

    [Fact]
    public void An_error_that_recurs_is_logged_when_it_begins_when_it_changes_and_when_it_is_over()
    {
        using var log = new LogReader(_log, ListenerLogLevel.Information);
        _errors.Report(TestErrors.Busy);
        _errors.Report(TestErrors.Busy);
        _time.Advance(TimeSpan.FromMinutes(3));
        _errors.Report(TestErrors.Lost);
        _time.Advance(TimeSpan.FromMinutes(2));
        _errors.Resolve();
        _errors.Resolve();

        Assert.Equal(
            [
                (What, ListenerLogLevel.Warning, "The server is busy."),
                (What, ListenerLogLevel.Warning, "The connection broke."),
                (ListenerLogEvents.Recovered, ListenerLogLevel.Information, $"The problem reported as {What} is over."),
            ],
            log.Records.Select(record => (record.Event, record.Level, record.Message))
        );
        Assert.Equal(TimeSpan.FromMinutes(5).TotalMilliseconds, log.Records[2].DurationMs);
        Assert.All(log.Records, record => Assert.Equal("1/incident-1", record.Mirror));
    }

    [Fact]
    public void Each_try_is_logged_for_those_who_read_the_verbose_log()
    {
        using var log = new LogReader(_log);
        _errors.Report(TestErrors.Busy);
        _errors.Report(TestErrors.Busy);
        Assert.Equal([ListenerLogLevel.Warning, ListenerLogLevel.Verbose], log.Records.Select(record => record.Level));
    }

    [Fact]
    public void An_error_that_is_over_is_logged_again_when_it_comes_back()
    {
        using var log = new LogReader(_log, ListenerLogLevel.Warning);
        _errors.Report(TestErrors.Busy);
        _errors.Resolve();
        _errors.Report(TestErrors.Busy);
        Assert.Equal([What, What], log.Records.Select(record => record.Event));
    }

    [Fact]
    public void Nothing_is_over_where_nothing_was_reported()
    {
        using var log = new LogReader(_log);
        _errors.Resolve();
        Assert.Empty(log.Records);
    }

    [Fact]
    public void The_message_may_be_given_and_ends_with_the_advice_otherwise()
    {
        using var log = new LogReader(_log);
        _errors.Report(TestErrors.Refused, "In other words.");
        _errors.Report(TestErrors.Refused);
        Assert.Equal(
            ["In other words.", "That is not accepted. Make it shorter."],
            log.Records.Select(record => record.Message)
        );
    }

    [Fact]
    public async Task An_unexpected_error_is_logged_as_such_each_time()
    {
        using var log = new LogReader(_log, ListenerLogLevel.Warning);
        await _errors.FailedAsync(FailureAction.Restart, TestErrors.Unexpected);
        await _errors.FailedAsync(FailureAction.Restart, TestErrors.Unexpected);
        Assert.Equal(
            Enumerable.Repeat(
                (
                    ListenerLogEvents.UnexpectedError,
                    ListenerLogLevel.Error,
                    $"{What}: InvalidOperationException: Nobody foresaw this."
                ),
                2
            ),
            log.Records.Select(record => (record.Event, record.Level, record.Message))
        );
    }

    [Fact]
    public async Task As_the_reporter_of_a_retry_loop_it_logs_the_first_failure_and_the_end()
    {
        using var log = new LogReader(_log, ListenerLogLevel.Information);
        await _errors.FailedAsync(FailureAction.Retry, TestErrors.Busy);
        await _errors.FailedAsync(FailureAction.Retry, TestErrors.Busy);
        await _errors.SucceededAsync();
        Assert.Equal([What, ListenerLogEvents.Recovered], log.Records.Select(record => record.Event));
    }
}
