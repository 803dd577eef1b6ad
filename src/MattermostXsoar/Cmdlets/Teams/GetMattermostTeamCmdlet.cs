using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Teams;

/// <summary>Gets teams by name; without a name, the account's teams, the session's first.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostTeam")]
[Alias("mattermost-get-team")]
[OutputType(typeof(MattermostTeam))]
public sealed class GetMattermostTeamCmdlet : SessionCmdlet
{
    /// <summary>The teams' names in links, or their ids. A name with wildcards matches the account's teams.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId", "Team")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TeamPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference[]? Name { get; set; }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (Name is not null)
        {
            await ForEachAsync(Name, name => WriteNamedAsync(name, session, cancellationToken));
            return;
        }

        var own = await new TeamReference(session.Team.Name).FetchAsync(session, cancellationToken);
        await WriteAsync(own);
        var all = await TeamReference.ResolveAllAsync(new TeamReference("*"), session, cancellationToken);
        await WriteAsync(all.Where(team => team.Id != own.Id), enumerate: true);
    }

    private async Task WriteNamedAsync(
        TeamReference name,
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        if (name.Pattern is null)
            await WriteAsync(await name.FetchAsync(session, cancellationToken));
        else
            await WriteAsync(await TeamReference.ResolveAllAsync(name, session, cancellationToken), enumerate: true);
    }
}
