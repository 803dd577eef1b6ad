using System.Management.Automation;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>Gets the state of the session's listener.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostListener")]
[OutputType(typeof(MattermostListener))]
public sealed class GetMattermostListenerCmdlet : SessionCmdlet
{
    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        WriteAsync(session.Listener.View());
}
