using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Starts mirrors and changes them. Everything is checked before anything is changed. A mirror begins with what is
/// written from now on; a side that was mirrored already goes on from its position.
/// </summary>
internal sealed class MirrorStarter
{
    private const int Playground = 9;

    private readonly MattermostAccess _mattermost;
    private readonly XsoarAccess _xsoar;
    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private readonly ChannelAccess _channels;
    private readonly MirrorBaseline _baseline;

    public MirrorStarter(MattermostAccess mattermost, XsoarAccess xsoar, StateStore store, MirrorRuntime runtime)
    {
        _mattermost = mattermost;
        _xsoar = xsoar;
        _store = store;
        _runtime = runtime;
        _channels = new ChannelAccess(mattermost);
        _baseline = new MirrorBaseline(mattermost, xsoar, runtime);
    }

    /// <summary>Starts or changes the mirror of an investigation.</summary>
    /// <exception cref="MattermostXsoarException">
    /// InvestigationNotFound, InvestigationClosed, PlaygroundNotSupported, ChannelArchived, ChannelExists, and what the
    /// servers refuse.
    /// </exception>
    public async Task<MirrorRecord> StartAsync(MirrorRequest request, CancellationToken cancellationToken)
    {
        CheckMentions(request.AllowedMentions);
        await CheckInvestigationAsync(request.InvestigationId, cancellationToken).ConfigureAwait(false);
        var known = Known(request.InvestigationId);
        var channel = await FindChannelAsync(request, known, cancellationToken).ConfigureAwait(false);
        var isNew = channel is null;
        channel ??= await _channels
            .CreateAsync(
                request.Team,
                request.Channel ?? $"incident-{request.InvestigationId}",
                request.Private,
                $"This channel was created to mirror incident {request.InvestigationId}. \n View it on: "
                    + _xsoar.LinkTo(request.InvestigationId),
                cancellationToken
            )
            .ConfigureAwait(false);
        var team = await TeamOfAsync(channel, request.Team, cancellationToken).ConfigureAwait(false);
        if (!isNew)
            await LetBotInAsync(request.InvestigationId, channel, cancellationToken).ConfigureAwait(false);

        var previous = known.FirstOrDefault(mirror => mirror.ChannelId == channel.Id);
        var wanted = new MirrorRecord
        {
            InvestigationId = request.InvestigationId,
            ChannelId = channel.Id,
            ChannelName = channel.Name,
            TeamId = team.Id,
            TeamName = team.Name,
            Type = request.Type,
            Direction = request.Direction,
            AutoClose = request.AutoClose,
            AllowedMentions = request.AllowedMentions,
            OptionalAspects = request.OptionalAspects,
            State = MirrorState.Active,
            StateSince = _runtime.Time.GetUtcNow(),
        };
        var (positioned, seen) = await _baseline
            .PositionAsync(wanted, previous, cancellationToken)
            .ConfigureAwait(false);
        var saved = await _store.SaveMirrorAsync(positioned, seen).ConfigureAwait(false);
        await StopMovedMirrorsAsync(known, saved, cancellationToken).ConfigureAwait(false);
        if (request.KickAdmin && _mattermost.PersonalUser.Id != _mattermost.BotUser.Id)
            await KickAdminAsync(channel, cancellationToken).ConfigureAwait(false);
        return saved;
    }

    private Task LetBotInAsync(
        string investigationId,
        MattermostChannel channel,
        CancellationToken cancellationToken
    ) =>
        _mattermost.BotMembership.EnsureAsync(
            ChannelAddress.Of(channel),
            sentence =>
                _runtime.Log.Information(
                    ListenerLogEvents.BotAdded,
                    sentence,
                    new MirrorKey(investigationId, channel.Id, channel.Name)
                ),
            cancellationToken
        );

    // A channel given by its id, or that of a running mirror, may be in another team than the requested one.
    private async Task<MattermostTeam> TeamOfAsync(
        MattermostChannel channel,
        MattermostTeam requested,
        CancellationToken cancellationToken
    ) =>
        channel.TeamId == requested.Id
            ? requested
            : await _mattermost.Personal.Teams.GetAsync(channel.TeamId, cancellationToken).ConfigureAwait(false);

    private static void CheckMentions(IReadOnlyList<string> names)
    {
        if (
            names.FirstOrDefault(name =>
                !name.All(character =>
                    character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_'
                )
            ) is
            { } wrong
        )
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{wrong}' is not a user name, so it cannot be mentioned.",
                "Give -AllowedMention the names after the @, such as jane, ops-lead, or channel, all and here."
            );
        }
    }

    private List<MirrorRecord> Known(string investigationId) =>
        _store.ReadMirrors().Where(mirror => mirror.InvestigationId == investigationId).ToList();

    // The search comes first: on XSIAM, requesting an investigation that does not exist creates an empty one.
    private async Task CheckInvestigationAsync(string investigationId, CancellationToken cancellationToken)
    {
        var query = new IncidentQuery { Ids = [investigationId], Size = 1 };
        var found = (
            await _xsoar.Client.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false)
        ).Data.FirstOrDefault(incident => incident.Id == investigationId);
        if (found is { IsClosed: true })
            throw Closed(investigationId);
        if (found is null && _xsoar.CreatesInvestigationsOnRead)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvestigationNotFound,
                ErrorKind.NotFound,
                $"The search for investigation '{investigationId}' finds nothing.",
                "Check the id, and whether the API key's role is allowed to see it."
            );
        }

        // Playgrounds are not among the incidents, so what the search does not find is requested by its id.
        var investigation = await _xsoar
            .Client.GetInvestigationAsync(investigationId, new EntryQuery { PageSize = 1 }, cancellationToken)
            .ConfigureAwait(false);
        if (investigation.Type == Playground)
        {
            throw new MattermostXsoarException(
                ErrorIds.PlaygroundNotSupported,
                ErrorKind.InvalidOperation,
                $"Investigation '{investigationId}' is a playground. Can not perform this action in playground.",
                "Give the id of an incident's investigation."
            );
        }

        if (investigation.Closed is not null)
            throw Closed(investigationId);
    }

    private static MattermostXsoarException Closed(string investigationId) =>
        new(
            ErrorIds.InvestigationClosed,
            ErrorKind.InvalidOperation,
            $"Investigation '{investigationId}' is closed, so nothing can be added to its War Room.",
            "Reopen the incident in XSOAR first, then start the mirror."
        );

    private async Task<MattermostChannel?> FindChannelAsync(
        MirrorRequest request,
        List<MirrorRecord> known,
        CancellationToken cancellationToken
    )
    {
        var current = known.Find(mirror => mirror.State != MirrorState.Stopped) ?? known.LastOrDefault();
        if (current is null)
            return await _channels
                .FindAsync(request.Team, request.Channel ?? $"incident-{request.InvestigationId}", cancellationToken)
                .ConfigureAwait(false);

        var channel = await GetAsync(current, cancellationToken).ConfigureAwait(false);
        if (
            request.Channel is null
            || request.Channel == channel?.Id
            || (channel is not null && ChannelName.From(request.Channel) == channel.Name)
        )
        {
            return channel is { IsArchived: false }
                ? channel
                : await _channels
                    .FindAsync(request.Team, request.Channel ?? current.ChannelName, cancellationToken)
                    .ConfigureAwait(false);
        }

        // A stopped mirror may be started again on another channel; a running one keeps its channel, which gets the new
        // name.
        if (current.State == MirrorState.Stopped || channel is null or { IsArchived: true })
            return await _channels.FindAsync(request.Team, request.Channel, cancellationToken).ConfigureAwait(false);
        var team = await TeamOfAsync(channel, request.Team, cancellationToken).ConfigureAwait(false);
        var renamed = await _channels
            .RenameAsync(team, channel, request.Channel, cancellationToken)
            .ConfigureAwait(false);
        _runtime.Log.Warning(
            ListenerLogEvents.ChannelRenamedByMirror,
            $"The channel '{channel.Name}' is now named '{renamed.Name}', for everybody in it. To mirror with another "
                + "channel instead, stop the mirror first.",
            new MirrorKey(request.InvestigationId, renamed.Id, renamed.Name)
        );
        return renamed;
    }

    // A mirror whose channel is archived or deleted, and that was started again on another one, has moved: if the old
    // channel were restored, everything would be posted in both.
    private async Task StopMovedMirrorsAsync(
        List<MirrorRecord> known,
        MirrorRecord now,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var other in known.Where(mirror =>
                mirror.Id != now.Id && mirror.State is MirrorState.Active or MirrorState.Paused
            )
        )
        {
            if (await GetAsync(other, cancellationToken).ConfigureAwait(false) is { IsArchived: false })
                continue;
            await _store
                .SetMirrorStateAsync(
                    other.Id,
                    MirrorState.Stopped,
                    $"Its channel is archived or deleted; the investigation is now mirrored with '{now.ChannelName}'.",
                    byPerson: true,
                    MirrorState.Active,
                    MirrorState.Paused
                )
                .ConfigureAwait(false);
        }
    }

    private async Task<MattermostChannel?> GetAsync(MirrorRecord mirror, CancellationToken cancellationToken)
    {
        try
        {
            return await _channels.GetAsync(mirror.ChannelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task KickAdminAsync(MattermostChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await _mattermost
                .Personal.Channels.RemoveMemberAsync(channel.Id, _mattermost.PersonalUser.Id, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            // Not a member: done.
        }
    }
}
