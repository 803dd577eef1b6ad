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
public sealed class CloseMattermostChannelCmdlet : SessionCmdlet
{
    private const string Reason = "Its channel was closed.";

    /// <summary>The channels, by name, id or as objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    public ChannelReference[]? Channel { get; set; }

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    public TeamReference? Team { get; set; }

    /// <summary>The investigation whose mirrored channel is closed, if no channel is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(InvestigationCompleter))]
    public string? InvestigationId { get; set; }

    /// <summary>Writes each archived channel.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => InvestigationId;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (Channel is not null)
        {
            await ForEachAsync(Channel, channel => CloseAsync(session, channel, cancellationToken));
            return;
        }

        if (string.IsNullOrEmpty(InvestigationId))
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "No channel to close is given.",
                "Give -Channel, or -InvestigationId for the mirrored channel of an investigation."
            );
        }

        await ForEachAsync(
            SessionMirrors.OfInvestigation(session, InvestigationId),
            mirror => CloseAsync(session, mirror, cancellationToken)
        );
    }

    private async Task CloseAsync(
        MattermostSession session,
        ChannelReference reference,
        CancellationToken cancellationToken
    )
    {
        var (channel, client) = await FindAsync(session, reference, cancellationToken);
        var mirrors = SessionMirrors.OnChannel(session, channel.Id);
        var ended = string.Join(", ", mirrors.Select(mirror => mirror.InvestigationId));
        if (
            !await ShouldProcessAsync(
                $"Channel '{channel.Name}'",
                mirrors.Count == 0 ? "Archive" : $"Archive, and end the mirror of investigation {ended}"
            )
        )
            return;
        await client.Channels.DeleteAsync(channel.Id, cancellationToken);
        if (mirrors.Count > 0)
            await session.Mirrors.StopMirrorsAsync(null, channel.Id, Reason, closeChannel: false, cancellationToken);
        await TellAsync(session, client, channel.Name, channel.Id, cancellationToken);
    }

    private async Task CloseAsync(
        MattermostSession session,
        MattermostMirror mirror,
        CancellationToken cancellationToken
    )
    {
        if (SessionMirrors.SharerOf(session, mirror) is { } sharer)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidOperation,
                $"Channel '{mirror.ChannelName}' is not archived: investigation {sharer.InvestigationId} is mirrored "
                    + "with it as well.",
                $"Stop one of the mirrors with Stop-MattermostMirror, or give -Channel '{mirror.ChannelName}' to close "
                    + "it for all."
            );
        }

        if (
            !await ShouldProcessAsync(
                $"Channel '{mirror.ChannelName}'",
                $"Archive, and end the mirror of investigation {mirror.InvestigationId}"
            )
        )
            return;
        await session.Mirrors.StopMirrorsAsync(
            mirror.InvestigationId,
            mirror.ChannelId,
            Reason,
            closeChannel: true,
            cancellationToken
        );
        await TellAsync(session, session.Bot, mirror.ChannelName, mirror.ChannelId, cancellationToken);
    }

    // The channel, and the client that can access it: after kickAdmin only the bot sees a mirror's private channel.
    private async Task<(MattermostChannel Channel, MattermostClient Client)> FindAsync(
        MattermostSession session,
        ChannelReference reference,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await reference.ResolveAsync(session, Team, cancellationToken), session.Personal);
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
            throw ChannelErrors.NothingToClose(reference.ToString(), missing);
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
}
