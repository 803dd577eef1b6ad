using System.Management.Automation;

namespace MattermostXsoar.Cmdlets.Sessions;

/// <summary>Lists the sessions of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostSession")]
public sealed class GetMattermostSessionCmdlet : PSCmdlet
{
}
