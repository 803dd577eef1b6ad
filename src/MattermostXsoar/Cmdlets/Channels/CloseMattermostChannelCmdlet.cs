using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>
/// Archives channels and ends the mirrors on them; without a channel, the mirrored channel of an investigation.
/// </summary>
[Cmdlet(VerbsCommon.Close, "MattermostChannel", SupportsShouldProcess = true)]
[Alias("mattermost-close-channel", "close-channel")]
[OutputType(typeof(MattermostChannel))]
public sealed class CloseMattermostChannelCmdlet : ClosingCmdlet
{
    private const string Reason = "Its channel was closed.";

    private readonly List<(ChannelReference? Channel, TeamReference? Team, string? InvestigationId)> _given = [];

    /// <summary>The channels, by name, id or as objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference[]? Channel { get; set; }

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>The investigations whose mirrored channels are closed, if no channel is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(MirroredInvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string[]? InvestigationId { get; set; }

    /// <summary>Writes each archived channel.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => InvestigationId;

    // All are known before the first one is closed.
    private protected override bool TryCollect()
    {
        if (Channel is not null)
            _given.AddRange(Channel.Select(channel => ((ChannelReference?)channel, Team, (string?)null)));
        else if (InvestigationId is not null)
            _given.AddRange(InvestigationId.Select(id => ((ChannelReference?)null, Team, (string?)id.Trim())));
        return Channel is not null || InvestigationId is not null;
    }

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        throw new MattermostXsoarException(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            "No channel to close is given.",
            "Give -Channel, or -InvestigationId for the mirrored channel of an investigation."
        );

    private protected override bool WorksAtEnd => true;

    private protected override async Task EndAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var found = new List<Closing>();
        var lookedUp = 0;
        await ForEachAsync(
            _given,
            async given =>
            {
                found.AddRange(
                    given.Channel is { } reference
                        ? [await ByReferenceAsync(session, reference, given.Team, cancellationToken)]
                        : OfInvestigation(session, given.InvestigationId!)
                );
                lookedUp++;
            },
            given => given.Channel ?? (object?)given.InvestigationId
        );
        if (lookedUp < _given.Count)
        {
            if (found.Count > 0)
                Warn("No channel was archived, since not all that were given can be closed.");
            return;
        }

        var closings = found.GroupBy(closing => closing.ChannelId).Select(same => same.First()).ToList();
        if (MayArchive([.. closings.Select(closing => closing.Name)]))
            await ForEachAsync(
                closings,
                closing => CloseAsync(session, closing, cancellationToken),
                closing => closing.Given
            );
    }

    private static async Task<Closing> ByReferenceAsync(
        MattermostSession session,
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        var (channel, client) = await FindAsync(session, reference, team, cancellationToken);
        return new Closing(reference, channel.Id, channel.Name, client, null);
    }

    private static IEnumerable<Closing> OfInvestigation(MattermostSession session, string investigationId) =>
        SessionMirrors
            .OfInvestigation(session, investigationId)
            .Select(mirror => new Closing(investigationId, mirror.ChannelId, mirror.ChannelName, session.Bot, mirror));

    private async Task CloseAsync(MattermostSession session, Closing closing, CancellationToken cancellationToken)
    {
        if (closing.Mirror is { } shared && SessionMirrors.SharerOf(session, shared) is { } sharer)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidOperation,
                $"Channel '{closing.Name}' is not archived: investigation {sharer.InvestigationId} is mirrored with it "
                    + "as well.",
                $"Stop one of the mirrors with Stop-MattermostMirror, or give -Channel '{closing.Name}' to close it "
                    + "for all."
            );
        }

        IReadOnlyList<MattermostMirror> mirrors = closing.Mirror is { } only
            ? [only]
            : SessionMirrors.OnChannel(session, closing.ChannelId);
        var ended = string.Join(", ", mirrors.Select(mirror => mirror.InvestigationId));
        if (
            !await ShouldProcessAsync(
                $"Channel '{closing.Name}'",
                mirrors.Count == 0 ? "Archive" : $"Archive, and end the mirror of investigation {ended}"
            )
        )
            return;
        if (closing.Mirror is null)
            await closing.Client.Channels.DeleteAsync(closing.ChannelId, cancellationToken);
        if (mirrors.Count > 0)
        {
            await session.Mirrors.StopMirrorsAsync(
                closing.Mirror?.InvestigationId,
                closing.ChannelId,
                Reason,
                closeChannel: closing.Mirror is not null,
                cancellationToken
            );
        }

        await TellAsync(session, closing.Client, closing.Name, closing.ChannelId, cancellationToken);
    }

    // The channel, and the client that can access it: after kickAdmin only the bot sees a mirror's private channel.
    private static async Task<(MattermostChannel Channel, MattermostClient Client)> FindAsync(
        MattermostSession session,
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await reference.ResolveAsync(session, team, cancellationToken), session.Personal);
        }
        catch (ApiException missing) when (missing.ErrorId is ErrorIds.ChannelNotFound or ErrorIds.PermissionDenied)
        {
            var mirror = SessionMirrors
                .All(session)
                .FirstOrDefault(mirror =>
                    mirror.ChannelId == reference.IdOrText
                    || string.Equals(mirror.ChannelName, reference.IdOrText, StringComparison.OrdinalIgnoreCase)
                );
            if (mirror is not null)
                return (await session.Bot.Channels.GetAsync(mirror.ChannelId, cancellationToken), session.Bot);
            if (missing.ErrorId == ErrorIds.PermissionDenied)
                throw;
            throw NearestName.Suggest(
                ChannelErrors.NothingToClose(reference.ToString(), missing),
                NearestName.SuggestedBy(missing)
            );
        }
    }

    private async Task TellAsync(
        MattermostSession session,
        MattermostClient client,
        string name,
        string id,
        CancellationToken cancellationToken
    )
    {
        session.Completions.Clear();
        // The original's text.
        Explain($"The channel {name} was delete successfully.");
        if (PassThru)
            await WriteAsync(await client.Channels.GetAsync(id, cancellationToken));
    }

    /// <param name="Given">The input that named the channel.</param>
    /// <param name="ChannelId">The channel.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Client">The client that can access it.</param>
    /// <param name="Mirror">The mirror, if an investigation was given.</param>
    private sealed record Closing(
        object Given,
        string ChannelId,
        string Name,
        MattermostClient Client,
        MattermostMirror? Mirror
    );
}
