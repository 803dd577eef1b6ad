using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Sessions;

/// <summary>Lists the sessions of this runspace; the last is the default.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostSession")]
[OutputType(typeof(MattermostSession))]
public sealed class GetMattermostSessionCmdlet : ModuleCmdlet
{
    /// <summary>Only the sessions with these numbers.</summary>
    [Parameter(Position = 0)]
    [NotUnset]
    [NoSwitchValue]
    [ArgumentCompleter(typeof(SessionNumberCompleter))]
    public int[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(
            RunspaceSessions.Current.List().Where(session => Id is null || Id.Contains(session.Id)),
            enumerateCollection: true
        );
}
