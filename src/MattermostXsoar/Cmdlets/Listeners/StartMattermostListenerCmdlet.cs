using System.Collections.Concurrent;
using System.Management.Automation;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Pipeline;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>
/// Starts the session's listener, which keeps all mirrors of the state file at work. In the background, or with -Wait in the
/// foreground, where it writes log records until it is stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "MattermostListener", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostListener), typeof(ListenerLogRecord))]
public sealed class StartMattermostListenerCmdlet : SessionCmdlet
{
    private MirrorService? _foreground;

    /// <summary>Stays in the foreground and writes log records; Ctrl+C or SIGTERM stops the listener in good order.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

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

        await ListenAsync(session.Mirrors, cancellationToken);
    }

    private async Task ListenAsync(MirrorService mirrors, CancellationToken cancellationToken)
    {
        var records = new ConcurrentQueue<ListenerLogRecord>();
        using var news = new SemaphoreSlim(0);
        using var service = ServiceNotification.FromEnvironment();
        Volatile.Write(ref _foreground, mirrors);
        mirrors.Logged += Take;
        // Told to end, the listener ends, and with it this command and the script: in the order they would anyway.
        using var termination = new TerminationSignal(() =>
        {
            service.Stopping();
            _ = mirrors.StopListenerAsync();
        });
        try
        {
            await mirrors.StartListenerAsync(cancellationToken);
            var ended = mirrors.WaitListenerAsync(ListenerState.Stopped, cancellationToken);
            // Ready although Mattermost may be away: the listener tries for ever, and being started anew would not help.
            service.Ready(() => !ended.IsCompleted);
            while (!ended.IsCompleted || !records.IsEmpty)
            {
                if (!records.TryDequeue(out var record))
                    await Task.WhenAny(news.WaitAsync(cancellationToken), ended);
                else
                    await WriteAsync(record);
            }

            await ended;
        }
        finally
        {
            mirrors.Logged -= Take;
            await mirrors.StopListenerAsync();
        }

        void Take(ListenerLogRecord record)
        {
            records.Enqueue(record);
            news.Release();
            if (record.Mirror is null)
                service.Status(record.Message);
        }
    }
}
