using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

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

    /// <summary>The team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
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
        if (name.Pattern is not { } pattern)
        {
            await WriteOneAsync(await name.FetchAsync(session, Team, cancellationToken));
            return;
        }

        foreach (var list in await ListsAsync(session, cancellationToken))
            await WriteMatchesAsync(list, channel => pattern.IsMatch(channel.Name), cancellationToken);
    }

    private async Task<
        IEnumerable<Func<int, int, CancellationToken, Task<IReadOnlyList<MattermostChannel>>>>
    > ListsAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var team = await TeamReference.ResolveAsync(Team, session, cancellationToken);
        var channels = session.Personal.Channels;
        Func<int, int, CancellationToken, Task<IReadOnlyList<MattermostChannel>>> open = (page, size, token) =>
            channels.ListPublicAsync(team.Id, page, size, token);
        Func<int, int, CancellationToken, Task<IReadOnlyList<MattermostChannel>>> closed = (page, size, token) =>
            channels.ListPrivateAsync(team.Id, page, size, token);
        return IncludePrivate ? [open, closed] : [open];
    }
}
