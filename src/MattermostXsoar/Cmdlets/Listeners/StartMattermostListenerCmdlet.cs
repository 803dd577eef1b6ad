using System.Management.Automation;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Pipeline;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>
/// Starts the session's listener, which runs all mirrors of the state file: in the background, or with -Wait in the
/// foreground, where it writes log records until it is stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "MattermostListener", SupportsShouldProcess = true, DefaultParameterSetName = Background)]
[OutputType(typeof(MattermostListener), typeof(ListenerLogRecord))]
public sealed class StartMattermostListenerCmdlet : SessionCmdlet
{
    private const string Background = nameof(Background);
    private const string Foreground = nameof(Foreground);

    private ListenerService? _foreground;

    /// <summary>
    /// Stays in the foreground and writes log records; Ctrl+C or SIGTERM stops the listener regularly.
    /// </summary>
    [Parameter(ParameterSetName = Foreground, Mandatory = true)]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Writes log records of that level and above; Verbose includes every message. Information by default, Verbose with
    /// -LogText.
    /// </summary>
    [Parameter(ParameterSetName = Foreground)]
    public ListenerLogLevel LogLevel { get; set; } = ListenerLogLevel.Information;

    /// <summary>Includes texts and names of files in the log records of messages.</summary>
    [Parameter(ParameterSetName = Foreground)]
    public SwitchParameter LogText { get; set; }

    // On the pipeline's thread, for which Ctrl+C waits: the process may end right after it.
    private protected override void LeaveEarly()
    {
        // The work may stop it as well; the second stop waits for the same end.
        if (Volatile.Read(ref _foreground) is { } listener)
            Task.Run(listener.StopAsync).GetAwaiter().GetResult();
    }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!await ShouldProcessAsync(session.ToString(), "Start the listener"))
            return;
        if (!Wait)
        {
            await session.Listener.StartAsync(cancellationToken);
            await WriteAsync(session.Listener.View());
            return;
        }

        await ListenAsync(session.Listener, session.Options.Environment.TimeProvider, cancellationToken);
    }

    private async Task ListenAsync(ListenerService listener, TimeProvider time, CancellationToken cancellationToken)
    {
        var records = new ListenerLogQueue(time);
        using var service = ServiceNotification.FromEnvironment();
        Volatile.Write(ref _foreground, listener);
        var level =
            LogText && !MyInvocation.BoundParameters.ContainsKey(nameof(LogLevel))
                ? ListenerLogLevel.Verbose
                : LogLevel;
        using var reading = listener.Log.Subscribe(records.Add, level, LogText);
        using var telling = listener.Log.Subscribe(Tell);
        // On a request to end, the listener ends, and then this command and the script, in their usual order.
        using var termination = new TerminationSignal(() =>
        {
            service.Stopping();
            return listener.StopAsync();
        });
        try
        {
            await listener.StartAsync(cancellationToken);
            var ended = listener.WaitAsync(ListenerState.Stopped, cancellationToken);
            // Ready even if Mattermost cannot be reached: the listener retries for ever, and a restart would not help.
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
            await listener.StopAsync();
        }

        void Tell(ListenerLogRecord record)
        {
            if (record.Mirror is null)
                service.Status(VisibleText.Of(record.Message));
        }
    }
}
