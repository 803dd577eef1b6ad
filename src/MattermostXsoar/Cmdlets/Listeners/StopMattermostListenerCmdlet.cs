using System.Management.Automation;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>
/// Stops the session's listener after the deliveries under way have ended. The mirrors stay and continue with the next
/// listener.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "MattermostListener", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostListener))]
public sealed class StopMattermostListenerCmdlet : SessionCmdlet
{
    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!await ShouldProcessAsync(session.ToString(), "Stop the listener"))
            return;
        await session.Listener.StopAsync();
        await WriteAsync(session.Listener.View());
    }
}
