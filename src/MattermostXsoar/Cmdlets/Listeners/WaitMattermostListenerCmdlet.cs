using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>
/// Waits until the listener has ended or is in a state. If the listener fails, the wait ends with its error.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MattermostListener")]
[OutputType(typeof(MattermostListener))]
public sealed class WaitMattermostListenerCmdlet : SessionCmdlet
{
    /// <summary>The state to wait for; by default the end.</summary>
    [Parameter(Position = 0)]
    [NoSwitchValue]
    public ListenerState State { get; set; } = ListenerState.Stopped;

    /// <summary>How long to wait, in seconds; by default without limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)))
            limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            await session.Listener.WaitAsync(State, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var listener = session.Listener.View();
            throw new MattermostXsoarException(
                ErrorIds.RequestTimeout,
                ErrorKind.Timeout,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The listener was not {0} within {1} s; it is {2}{3}.",
                    State,
                    TimeoutSec,
                    listener.State,
                    listener.Reason is null ? "" : ": " + listener.Reason
                ),
                "Get-MattermostListener shows its state; it keeps trying."
            );
        }

        await WriteAsync(session.Listener.View());
    }
}
