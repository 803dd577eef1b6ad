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
    private readonly ChannelChooser _chooser;
    private readonly MirrorBaseline _baseline;
    private readonly ChannelOpener _opener;
    private readonly OtherStateFile _others;

    public MirrorStarter(MattermostAccess mattermost, XsoarAccess xsoar, StateStore store, MirrorRuntime runtime)
    {
        _mattermost = mattermost;
        _xsoar = xsoar;
        _store = store;
        _runtime = runtime;
        _channels = new ChannelAccess(mattermost);
        _chooser = new ChannelChooser(mattermost, _channels, store, runtime);
        _baseline = new MirrorBaseline(mattermost, xsoar, runtime);
        _opener = new ChannelOpener(mattermost, xsoar, store, runtime, _channels, _chooser);
        _others = new OtherStateFile(mattermost, store, runtime);
    }

    /// <summary>Looks up and checks everything, and changes nothing.</summary>
    /// <exception cref="MattermostXsoarException">
    /// InvestigationNotFound, InvestigationClosed, PlaygroundNotSupported, what <see cref="ChannelChooser"/> throws, and
    /// what the servers refuse.
    /// </exception>
    public async Task<MirrorPlan> PlanAsync(MirrorRequest request, CancellationToken cancellationToken)
    {
        CheckMentions(request.AllowedMentions ?? []);
        await CheckInvestigationAsync(request.InvestigationId, cancellationToken).ConfigureAwait(false);
        return await _chooser
            .ChooseAsync(request, Known(request.InvestigationId), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Starts or changes the mirror of an investigation.</summary>
    /// <exception cref="MattermostXsoarException">ChannelExists, and what the servers refuse.</exception>
    public async Task<MirrorRecord> StartAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        var request = plan.Request;
        await _mattermost.Bot.Settings.GetAsync(cancellationToken).ConfigureAwait(false);
        (plan, var channel) = await _opener
            .OpenAsync(plan, () => Known(request.InvestigationId), cancellationToken)
            .ConfigureAwait(false);
        var wanted = new MirrorRecord
        {
            InvestigationId = request.InvestigationId,
            ChannelId = channel.Id,
            ChannelName = channel.Name,
            TeamId = plan.Team.Id,
            TeamName = plan.Team.Name,
            Type = plan.Type,
            Direction = plan.Direction,
            AutoClose = plan.AutoClose,
            AllowedMentions = plan.AllowedMentions,
            OptionalAspects = plan.OptionalAspects,
            AllowsPublic = plan.AllowsPublic,
            IsNamed = plan.IsNamed,
            State = MirrorState.Active,
            StateSince = _runtime.Time.GetUtcNow(),
        };
        var (positioned, seen) = await _baseline
            .PositionAsync(wanted, plan.Previous, cancellationToken)
            .ConfigureAwait(false);
        await _others.WarnAsync(plan, channel, cancellationToken).ConfigureAwait(false);
        var saved = await _store.SaveMirrorAsync(positioned, seen).ConfigureAwait(false);
        await StopMovedMirrorsAsync(plan.Known, saved, cancellationToken).ConfigureAwait(false);
        if (request.KickAdmin && _mattermost.PersonalUser.Id != _mattermost.BotUser.Id)
            await KickAdminAsync(channel, cancellationToken).ConfigureAwait(false);
        var readers = await _channels.GetReadersAsync(channel, cancellationToken).ConfigureAwait(false);
        await _store
            .SetReadersAsync(channel.Id, readers.IsPrivate, readers.Members, readers.Guests)
            .ConfigureAwait(false);
        return saved;
    }

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

    // A mirror whose channel is archived or deleted, and that was started again on another one, has moved: if the old
    // channel were restored, everything would be posted in both.
    private async Task StopMovedMirrorsAsync(
        IReadOnlyList<MirrorRecord> known,
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
            if (
                await _chooser.GetAsync(other.ChannelId, cancellationToken).ConfigureAwait(false) is
                { IsArchived: false }
            )
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
