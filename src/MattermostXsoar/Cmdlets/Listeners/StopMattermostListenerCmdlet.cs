using System.Management.Automation;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>Stops the session's listener after what is being said has arrived. The mirrors stay and go on with the next
/// one.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MattermostListener", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostListener))]
public sealed class StopMattermostListenerCmdlet : SessionCmdlet
{
    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!await ShouldProcessAsync(session.ToString(), "Stop the listener"))
            return;
        await session.Mirrors.StopListenerAsync();
        await WriteAsync(session.Mirrors.GetListener());
    }
}
