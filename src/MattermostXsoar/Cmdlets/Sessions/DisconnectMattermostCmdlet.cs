using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Sessions;

/// <summary>
/// Ends sessions and their listeners. Mirrors stay in the state file and continue with the next listener.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "Mattermost", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectMattermostCmdlet : AsyncCmdlet
{
    /// <summary>The sessions to end; by default the one connected last.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NotUnset]
    [SessionNumber]
    [ArgumentCompleter(typeof(SessionNumberCompleter))]
    public MattermostSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var sessions = RunspaceSessions.Current;
        try
        {
            foreach (var session in Session ?? [sessions.Default])
            {
                if (session.IsConnected && ShouldProcess(session.ToString(), "End the session and its listener"))
                    Run(_ => sessions.CloseAsync(session), session);
            }
        }
        catch (MattermostXsoarException error) when (Session is null && error.ErrorId == ErrorIds.NotConnected)
        {
            // As after the end of a session: what is to be done is done, also in a finally block.
            WriteVerbose(error.Message);
        }
        catch (MattermostXsoarException error)
        {
            WriteError(RecordOf(error, null));
        }
    }
}
