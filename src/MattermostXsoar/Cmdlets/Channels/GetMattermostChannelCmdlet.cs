using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;
using ChannelList = System.Func<
    int,
    int,
    System.Threading.CancellationToken,
    System.Threading.Tasks.Task<System.Collections.Generic.IReadOnlyList<MattermostXsoar.Core.Mattermost.Models.MattermostChannel>>
>;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>Lists a team's channels, or gets channels by name.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostChannel")]
[Alias("mattermost-list-channels")]
[OutputType(typeof(MattermostChannel))]
public sealed class GetMattermostChannelCmdlet : PagedCmdlet
{
    private ChannelReference[]? _givenName;

    /// <summary>
    /// The channels' names in links, or their ids. A name with wildcards is matched against the whole list.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Channel", "channel_name", "ChannelId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference[]? Name { get; set; }

    /// <summary>The team, or several by a name with wildcards; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TeamPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>Lists the private channels as well, after the public ones.</summary>
    [Parameter]
    [Alias("include_private_channels")]
    public SwitchParameter IncludePrivate { get; set; }

    /// <summary>A team from the pipeline: its <c>Name</c> is not that of a channel.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public MattermostTeam? TeamObject { get; set; }

    private protected override object? ErrorTarget => Team;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _givenName = Name;
    }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var names = TeamObject is null ? Name : _givenName;
        if (names is null)
        {
            foreach (var list in await ListsAsync(session, cancellationToken))
                await WriteListAsync(list, cancellationToken);
            return;
        }

        await ForEachAsync(names, name => WriteNamedAsync(name, session, cancellationToken));
    }

    private async Task WriteNamedAsync(
        ChannelReference name,
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        if (name.Pattern is { } pattern)
        {
            foreach (var list in await ListsAsync(session, cancellationToken))
                await WriteMatchesAsync(list, channel => pattern.IsMatch(channel.Name), cancellationToken);
        }
        else if (Team?.Pattern is null)
        {
            await WriteOneAsync(await name.FetchAsync(session, Team, cancellationToken));
        }
        else
        {
            await WriteOfTeamsAsync(name, session, cancellationToken);
        }
    }

    // It is an error only if none of the teams has it.
    private async Task WriteOfTeamsAsync(
        ChannelReference name,
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        ApiException? missing = null;
        foreach (var team in await TeamReference.ResolveAllAsync(Team, session, cancellationToken))
        {
            try
            {
                // An id is the same channel in every team.
                var channel = await name.FetchAsync(session, new TeamReference(team), cancellationToken);
                if (written.Add(channel.Id))
                    await WriteOneAsync(channel);
            }
            catch (ApiException error) when (error.ErrorId == ErrorIds.ChannelNotFound)
            {
                missing = error;
            }
        }

        if (missing is not null && written.Count == 0)
            throw missing;
    }

    private async Task<IEnumerable<ChannelList>> ListsAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        var teams = await TeamReference.ResolveAllAsync(Team, session, cancellationToken);
        return teams.SelectMany(Lists);

        IEnumerable<ChannelList> Lists(MattermostTeam team)
        {
            var channels = session.Personal.Channels;
            yield return (page, size, token) => channels.ListPublicAsync(team.Id, page, size, token);
            if (IncludePrivate)
                yield return (page, size, token) => channels.ListPrivateAsync(team.Id, page, size, token);
        }
    }
}
