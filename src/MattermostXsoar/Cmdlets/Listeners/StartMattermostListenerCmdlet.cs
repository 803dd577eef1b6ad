using System.Management.Automation;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Pipeline;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>
/// Starts the session's listener, which keeps all mirrors of the state file at work. In the background, or with -Wait
/// in the foreground, where it writes log records until it is stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "MattermostListener", SupportsShouldProcess = true, DefaultParameterSetName = Background)]
[OutputType(typeof(MattermostListener), typeof(ListenerLogRecord))]
public sealed class StartMattermostListenerCmdlet : SessionCmdlet
{
    private const string Background = nameof(Background);
    private const string Foreground = nameof(Foreground);

    private MirrorService? _foreground;

    /// <summary>Stays in the foreground and writes log records; Ctrl+C or SIGTERM stops the listener in good
    /// order.</summary>
    [Parameter(ParameterSetName = Foreground, Mandatory = true)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Writes log records of that level and above; Verbose tells of every line. Information by default,
    /// Verbose with -LogText.</summary>
    [Parameter(ParameterSetName = Foreground)]
    public ListenerLogLevel LogLevel { get; set; } = ListenerLogLevel.Information;

    /// <summary>Writes what was said, and the names of files, into the log records of lines.</summary>
    [Parameter(ParameterSetName = Foreground)]
    public SwitchParameter LogText { get; set; }

    // On the pipeline's own thread, which Ctrl+C waits for: the process may end right after it.
    private protected override void LeaveEarly()
    {
        // The work may be stopping it as well; stopping twice is waiting for the same end.
        if (Volatile.Read(ref _foreground) is { } mirrors)
            Task.Run(mirrors.StopListenerAsync).GetAwaiter().GetResult();
    }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!await ShouldProcessAsync(session.ToString(), "Start the listener"))
            return;
        if (!Wait)
        {
            await session.Mirrors.StartListenerAsync(cancellationToken);
            await WriteAsync(session.Mirrors.GetListener());
            return;
        }

        await ListenAsync(session.Mirrors, session.Options.Environment.TimeProvider, cancellationToken);
    }

    private async Task ListenAsync(MirrorService mirrors, TimeProvider time, CancellationToken cancellationToken)
    {
        var records = new ListenerLogQueue(time);
        using var service = ServiceNotification.FromEnvironment();
        Volatile.Write(ref _foreground, mirrors);
        var level =
            LogText && !MyInvocation.BoundParameters.ContainsKey(nameof(LogLevel))
                ? ListenerLogLevel.Verbose
                : LogLevel;
        using var reading = mirrors.Log.Subscribe(records.Add, level, LogText);
        using var telling = mirrors.Log.Subscribe(Tell);
        // Told to end, the listener ends, and with it this command and the script: in the order they would anyway.
        using var termination = new TerminationSignal(() =>
        {
            service.Stopping();
            return mirrors.StopListenerAsync();
        });
        try
        {
            await mirrors.StartListenerAsync(cancellationToken);
            var ended = mirrors.WaitListenerAsync(ListenerState.Stopped, cancellationToken);
            // Ready although Mattermost may be away: the listener tries for ever, and being started anew would not
            // help.
            service.Ready(() => !ended.IsCompleted);
            while (!ended.IsCompleted || !records.IsEmpty)
            {
                if (!records.TryTake(out var record))
                    await Task.WhenAny(records.WaitAsync(cancellationToken), ended);
                else
                    await WriteAsync(record);
            }

            await ended;
        }
        finally
        {
            await mirrors.StopListenerAsync();
        }

        void Tell(ListenerLogRecord record)
        {
            if (record.Mirror is null)
                service.Status(record.Message);
        }
    }
}
