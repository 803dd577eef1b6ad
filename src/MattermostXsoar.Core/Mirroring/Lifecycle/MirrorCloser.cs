using System.Globalization;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Closes a mirror when its investigation is closed, and reopens it with the investigation. The entries of the War Room
/// are delivered first; what is posted in the channel by then is marked as not added, since the War Room accepts nothing
/// more; then the channel is notified, then it is archived if that was asked for. Each step may be repeated harmlessly.
/// </summary>
internal sealed class MirrorCloser
{
    private readonly XsoarAccess _xsoar;
    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private readonly MirrorHealth _health;
    private readonly MirrorRecord _mirror;
    private readonly ChannelHealth _channel;
    private readonly ChatSource _chat;
    private readonly WarRoomSource _warRoom;
    private readonly DeliveryWorker _toWarRoom;
    private readonly DeliveryWorker _toChat;
    private readonly ChannelAccess _channels;
    private readonly RetryLoop _retry;
    private readonly AsyncSignal _signal = new();
    private XsoarIncident? _incident;
    private string? _missing;
    private long? _foundArchivedAt;

    /// <param name="mattermost">Where the channel is archived.</param>
    /// <param name="xsoar">Where the investigation is looked up.</param>
    /// <param name="store">Where the other mirrors are.</param>
    /// <param name="runtime">Clock, intervals and log.</param>
    /// <param name="health">The mirror's health.</param>
    /// <param name="channel">The health of the mirror's channel.</param>
    /// <param name="chat">Reads the channel.</param>
    /// <param name="warRoom">Reads the War Room.</param>
    /// <param name="toWarRoom">Delivers into the War Room.</param>
    /// <param name="toChat">Delivers into the channel.</param>
    public MirrorCloser(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        StateStore store,
        MirrorRuntime runtime,
        MirrorHealth health,
        ChannelHealth channel,
        ChatSource chat,
        WarRoomSource warRoom,
        DeliveryWorker toWarRoom,
        DeliveryWorker toChat
    )
    {
        _xsoar = xsoar;
        _store = store;
        _runtime = runtime;
        _health = health;
        _mirror = health.Mirror;
        _channel = channel;
        _chat = chat;
        _warRoom = warRoom;
        _toWarRoom = toWarRoom;
        _toChat = toChat;
        _channels = new ChannelAccess(mattermost);
        // A step that ends without an error may have found that the investigation is missing.
        _retry = new RetryLoop(runtime, new HealthReporter(health, MirrorPart.Investigation), reportsSuccess: false);
    }

    /// <summary>The search found the investigation.</summary>
    public void OnIncident(XsoarIncident incident)
    {
        Volatile.Write(ref _incident, incident);
        var wasMissing = Interlocked.Exchange(ref _missing, null) is not null;
        if (incident.IsClosed != _health.IsClosed || wasMissing)
            _signal.Set();
    }

    /// <summary>The search no longer finds the investigation.</summary>
    public void OnIncidentMissing()
    {
        var reason =
            $"Investigation {_mirror.InvestigationId} is not found in XSOAR any more, or the API key is not allowed to "
            + "see it. If it was deleted, stop this mirror with Stop-MattermostMirror; otherwise check the key's role. "
            + "The mirror goes on by itself when the investigation is found again.";
        if (Interlocked.Exchange(ref _missing, reason) is null)
            _signal.Set();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            await _retry.RunAsync(() => FollowAsync(stopping), stopping).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// For a pass without a listener, which drains the queues itself: the entries read before have been delivered.
    /// </summary>
    public Task CloseNowAsync(XsoarIncident incident, CancellationToken cancellationToken) =>
        FinishAsync(
            incident.Closed ?? incident.Modified,
            () => _mirror.MirrorsChat ? _chat.CatchUpAsync(cancellationToken) : Task.CompletedTask,
            deliveries => deliveries.DrainAsync(cancellationToken),
            cancellationToken
        );

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _missing) is { } missing)
        {
            await _health.PausedAsync(MirrorPart.Investigation, missing).ConfigureAwait(false);
            return;
        }

        if (Volatile.Read(ref _incident) is not { } incident)
            return;
        if (incident.IsClosed && !_health.IsClosed)
            await CloseAsync(incident, cancellationToken).ConfigureAwait(false);
        else if (!incident.IsClosed && _health.IsClosed)
            await ReopenAsync(incident, cancellationToken).ConfigureAwait(false);
        else if (!incident.IsClosed && _health.IsClosing)
            await TakeUpAsync().ConfigureAwait(false);
        await _health.SucceededAsync(MirrorPart.Investigation).ConfigureAwait(false);
    }

    private async Task CloseAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        _runtime.Log.Information(
            ListenerLogEvents.MirrorClosing,
            "The investigation is closed; its last entries are delivered first.",
            _health.Identity
        );
        await _warRoom.WhenReadAsync(_warRoom.NoteChange(), cancellationToken).ConfigureAwait(false);
        await FinishAsync(
                incident.Closed ?? incident.Modified,
                () => _chat.WhenReadAsync(_chat.NoteGap(), cancellationToken),
                WhenDeliveredAsync,
                cancellationToken
            )
            .ConfigureAwait(false);

        Task WhenDeliveredAsync(DeliveryWorker deliveries)
        {
            deliveries.Hurry();
            return deliveries.WhenDoneAsync(
                _store.NewestPendingId(_mirror.Id, deliveries.Direction),
                cancellationToken
            );
        }
    }

    private async Task FinishAsync(
        DateTimeOffset closedAt,
        Func<Task> readChat,
        Func<DeliveryWorker, Task> deliver,
        CancellationToken cancellationToken
    )
    {
        var channel = await _channels.GetAsync(_mirror.ChannelId, cancellationToken).ConfigureAwait(false);
        if (!channel.IsArchived)
        {
            await readChat().ConfigureAwait(false);
            if (await IsOpenAgainAsync(cancellationToken).ConfigureAwait(false))
                return;
        }

        // Nothing more is sent: what may have arrived is looked up, the rest is marked.
        _health.IsClosing = true;
        await deliver(_toWarRoom).ConfigureAwait(false);
        _runtime.StopPoints.At(StopPoint.AfterRefused);
        if (!channel.IsArchived)
        {
            if (await TookUpAsync(cancellationToken).ConfigureAwait(false))
                return;
            await PostNoticeAsync(
                    "closed",
                    closedAt,
                    $"Investigation {_mirror.InvestigationId} was closed. {NotAdded.InChannel(CountNotAdded())}"
                        + ChannelSentence(channel)
                )
                .ConfigureAwait(false);
            await deliver(_toChat).ConfigureAwait(false);
            // The delivery may have taken hours.
            if (await TookUpAsync(cancellationToken).ConfigureAwait(false))
                return;
            _runtime.StopPoints.At(StopPoint.BeforeArchive);
            if (_mirror.AutoClose && OtherInvestigation() is null && !channel.IsTeamDefault)
                await ArchiveAsync(cancellationToken).ConfigureAwait(false);
        }

        _runtime.StopPoints.At(StopPoint.AfterArchive);
        await _health
            .CloseAsync(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "Investigation {0} was closed at {1:yyyy-MM-dd HH:mm:ss}Z.{2}",
                    _mirror.InvestigationId,
                    closedAt.UtcDateTime,
                    NotAdded.InReason(CountNotAdded())
                )
            )
            .ConfigureAwait(false);
    }

    private long CountNotAdded() => _store.CountFailedMessages(_mirror.Id, NotAdded.Reason);

    private async Task<bool> TookUpAsync(CancellationToken cancellationToken)
    {
        if (!await IsOpenAgainAsync(cancellationToken).ConfigureAwait(false))
            return false;
        await TakeUpAsync().ConfigureAwait(false);
        return true;
    }

    // If anything was not added, a running listener restarts the mirror, as for a person's retry: the worker that takes
    // its place begins with that, and until then nothing that is posted now overtakes it.
    private async Task<bool> TakeUpAsync()
    {
        var count = await _store.RetryFailedAsync(_mirror.Id, NotAdded.Reason).ConfigureAwait(false);
        if (count > 0)
            MirrorMetrics.Requeued(count);
        else
            _health.IsClosing = false;
        return count > 0;
    }

    private async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        _channel.Suspend();
        try
        {
            await _channels.ArchiveAsync(_mirror.ChannelId, cancellationToken).ConfigureAwait(false);
            _runtime.Log.Information(
                ListenerLogEvents.ChannelArchived,
                "The channel is archived, because its investigation was closed.",
                _health.Identity
            );
        }
        catch
        {
            _channel.Resume();
            throw;
        }
    }

    private async Task<bool> IsOpenAgainAsync(CancellationToken cancellationToken)
    {
        var query = new IncidentQuery { Ids = [_mirror.InvestigationId], Size = 1 };
        var page = await _xsoar.Client.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false);
        return page.Data.Any(incident => incident.Id == _mirror.InvestigationId && !incident.IsClosed);
    }

    private string ChannelSentence(MattermostChannel channel) =>
        !_mirror.AutoClose ? "Nothing more is mirrored unless it is reopened."
        : channel.IsTeamDefault ? "This channel stays, since Mattermost does not archive a team's default channel."
        : OtherInvestigation() is { } other
            ? $"This channel stays, because investigation {other} is still mirrored here."
        : "This channel is archived.";

    // Several investigations may share a channel; the last one closes it.
    private string? OtherInvestigation() =>
        _store
            .ReadMirrors()
            .FirstOrDefault(mirror =>
                mirror.Id != _mirror.Id
                && mirror.ChannelId == _mirror.ChannelId
                && (mirror.State is MirrorState.Active or MirrorState.Paused)
            )
            ?.InvestigationId;

    /// <summary>Reopens a closed mirror, unless its channel is still archived.</summary>
    public async Task ReopenAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        // An archived channel may never be restored: it is checked from time to time, not at each search.
        if (_foundArchivedAt is { } at && _runtime.Time.GetElapsedTime(at) < _runtime.Options.PausedRetry)
            return;
        var channel = await _channels.GetAsync(_mirror.ChannelId, cancellationToken).ConfigureAwait(false);
        _foundArchivedAt = channel.IsArchived ? _runtime.Time.GetTimestamp() : null;
        if (channel.IsArchived)
            return;
        // The notice first: if the process ends in between, both are repeated, and because its key has the time of the
        // closing, it is posted only once.
        var closedAt =
            _store.ReadMirrors().FirstOrDefault(mirror => mirror.Id == _mirror.Id)?.StateSince ?? incident.Modified;
        await PostNoticeAsync(
                "reopened",
                closedAt,
                $"Investigation {_mirror.InvestigationId} was reopened. Messages are mirrored again."
            )
            .ConfigureAwait(false);
        _runtime.StopPoints.At(StopPoint.BeforeReopened);
        await _health.ReopenAsync().ConfigureAwait(false);
        _runtime.StopPoints.At(StopPoint.AfterReopened);
        _channel.Resume();
        _warRoom.NoteChange();
        if (!await TakeUpAsync().ConfigureAwait(false))
            _chat.NoteGap();
    }

    // Through the outbox like any message, so that it is posted once whatever happens, and after all earlier messages.
    private async Task PostNoticeAsync(string what, DateTimeOffset at, string text)
    {
        var notice = new DeliveryRecord
        {
            MirrorId = _mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            Kind = DeliveryKind.Notice,
            SourceId = string.Format(CultureInfo.InvariantCulture, "{0}:{1}", what, at.UtcTicks),
            SourceAt = at.ToUnixTimeMilliseconds(),
            LookupStart = LookupStart.AtPost(_chat.AnchorId),
            Payload = new EntryPayload { Text = text }.ToJson(),
        };
        await _toChat.RecordAsync([notice], default).ConfigureAwait(false);
    }
}
