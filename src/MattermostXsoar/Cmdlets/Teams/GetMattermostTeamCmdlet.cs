using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Teams;

/// <summary>Gets teams by name; without a name, the session's team.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostTeam")]
[Alias("mattermost-get-team")]
[OutputType(typeof(MattermostTeam))]
public sealed class GetMattermostTeamCmdlet : SessionCmdlet
{
    /// <summary>The teams' names in links, or their ids.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId", "Team")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference[]? Name { get; set; }

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(
            Name ?? [new TeamReference(session.Team.Name)],
            async team => await WriteAsync(await team.FetchAsync(session, cancellationToken))
        );
}
