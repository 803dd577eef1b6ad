using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>
/// Creates a channel. If the team has one of that name already which is no more open than asked for, that one is written,
/// unchanged and with a warning.
/// </summary>
[Cmdlet(VerbsCommon.New, "MattermostChannel", SupportsShouldProcess = true)]
[Alias("mattermost-create-channel")]
[OutputType(typeof(MattermostChannel))]
public sealed class NewMattermostChannelCmdlet : SessionCmdlet
{
    /// <summary>The name that is displayed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("display_name")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string DisplayName { get; set; } = "";

    /// <summary>
    /// The name in links: at most 64 lower case letters, digits, dashes and underscores, with a letter or digit at the
    /// beginning; before Mattermost 6.0 also at the end, and at least two of them.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The type of the channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(ChannelType))]
    [KnownValue]
    public ChannelType Type { get; set; } = ChannelType.Public;

    /// <summary>What the channel is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Purpose { get; set; }

    /// <summary>The header, displayed at the top of the channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Header { get; set; }

    /// <summary>The team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    private protected override object? ErrorTarget => Name;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        ChannelLimits.Check(WantedIn(""), ProductVersion.Parse(session.ServerVersion));
        var team = await TeamReference.ResolveAsync(Team, session, cancellationToken);
        var kind = Type == ChannelType.Private ? "private" : "public";
        if (!await ShouldProcessAsync(Name, $"Create a {kind} channel in team '{team.Name}'"))
            return;
        try
        {
            var channel = await session.Personal.Channels.CreateAsync(WantedIn(team.Id), cancellationToken);
            session.Completions.Clear();
            Explain($"The channel {channel.DisplayName} was created successfully, with channel ID: {channel.Id}");
            await WriteAsync(channel);
        }
        catch (ApiException taken) when (taken.ErrorId == ErrorIds.ChannelExists)
        {
            await WriteAsync(await NamesakeAsync(session, team, taken, cancellationToken));
        }
    }

    private NewChannel WantedIn(string teamId) =>
        new()
        {
            TeamId = teamId,
            Name = Name,
            DisplayName = DisplayName,
            Type = Type == ChannelType.Private ? "P" : "O",
            Purpose = Purpose,
            Header = Header,
        };

    private async Task<MattermostChannel> NamesakeAsync(
        MattermostSession session,
        MattermostTeam team,
        ApiException taken,
        CancellationToken cancellationToken
    )
    {
        MattermostChannel namesake;
        try
        {
            namesake = await session.Personal.Channels.GetByNameAsync(
                team.Id,
                Name,
                includeDeleted: true,
                cancellationToken
            );
        }
        catch (ApiException hidden) when (hidden.ErrorId is ErrorIds.ChannelNotFound or ErrorIds.PermissionDenied)
        {
            // The name belongs to a private channel that the account is not in.
            throw taken;
        }

        if (namesake.IsArchived)
            throw ChannelErrors.ArchivedNamesake(namesake, taken);
        if (Type == ChannelType.Private && !namesake.IsPrivate)
        {
            throw ChannelErrors.MoreOpen(
                namesake,
                await session.Personal.Channels.GetReadersAsync(namesake, cancellationToken),
                "a private one was asked for",
                "Choose another -Name, make the channel private in Mattermost (channel settings), or ask for a public "
                    + "one with -Type Public."
            );
        }

        var isClosed = Type == ChannelType.Public && namesake.IsPrivate;
        Warn(
            $"Channel {DisplayName} already exists." + (isClosed ? " It is private: only its members can read it." : "")
        );
        return namesake;
    }
}
