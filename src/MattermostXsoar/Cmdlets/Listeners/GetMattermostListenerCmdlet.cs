using System.Management.Automation;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Listeners;

/// <summary>Shows what the session's listener is doing.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostListener")]
[OutputType(typeof(MattermostListener))]
public sealed class GetMattermostListenerCmdlet : SessionCmdlet
{
    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        WriteAsync(session.Mirrors.GetListener());
}
