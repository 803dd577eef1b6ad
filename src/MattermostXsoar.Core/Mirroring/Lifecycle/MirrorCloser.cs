using System.Globalization;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Ends a mirror when its investigation is closed, and takes it up again when it is reopened. What was still said in
/// the War Room goes first, then the channel is told, then it is archived if that was asked for; each step may be
/// repeated harmlessly.
/// </summary>
internal sealed class MirrorCloser(MirrorContext context, MirrorWorker worker)
{
    private const string Part = "Ending";

    private readonly AsyncSignal _signal = new();
    private XsoarIncident? _incident;
    private string? _missing;
    private long? _sawArchived;

    /// <summary>Tells what the search shows of the investigation.</summary>
    public void Note(XsoarIncident incident)
    {
        Volatile.Write(ref _incident, incident);
        var wasMissing = Interlocked.Exchange(ref _missing, null) is not null;
        if (incident.IsClosed != worker.Health.IsClosed || wasMissing)
            _signal.Set();
    }

    /// <summary>The search does not find the investigation any more.</summary>
    public void NoteMissing()
    {
        var reason =
            $"Investigation {worker.Mirror.InvestigationId} is not found in XSOAR any more, or the API key may not see it. "
            + "If it was deleted, stop this mirror with Stop-MattermostMirror; otherwise check the key's role. It goes on by itself when the investigation is found again.";
        if (Interlocked.Exchange(ref _missing, reason) is null)
            _signal.Set();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                await SettleAsync(stopping).ConfigureAwait(false);
                backoff.Reset();
            }
            catch (MattermostXsoarException exception)
            {
                var wait = backoff.Next();
                if (FailurePolicy.Judge(exception) == FailureAction.Pause)
                {
                    await worker.Health.PauseAsync(Part, exception).ConfigureAwait(false);
                    wait = context.Options.PausedRetry;
                }
                else
                {
                    await worker.Health.TroubledAsync(Part, exception).ConfigureAwait(false);
                }

                await context.Time.Delay(wait, stopping).ConfigureAwait(false);
                _signal.Set();
            }
        }
    }

    /// <summary>For a pass without a listener, whose pump is drained by hand: everything read before has been
    /// delivered.</summary>
    public async Task CloseNowAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        var closedAt = incident.Closed ?? incident.Modified;
        await FinishAsync(closedAt, () => worker.WarRoomToChat.DrainAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _missing) is { } missing)
        {
            await worker.Health.PauseAsync(Part, missing).ConfigureAwait(false);
            return;
        }

        if (Volatile.Read(ref _incident) is not { } incident)
            return;
        if (incident.IsClosed && !worker.Health.IsClosed)
            await CloseAsync(incident, cancellationToken).ConfigureAwait(false);
        else if (!incident.IsClosed && worker.Health.IsClosed)
            await ReopenAsync(incident, cancellationToken).ConfigureAwait(false);
        await worker.Health.SucceededAsync(Part).ConfigureAwait(false);
    }

    private async Task CloseAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        context.Log.Information(
            ListenerLogEvents.MirrorClosing,
            "The investigation is closed; what was said is carried first.",
            worker.Health.Identity
        );
        await worker.WarRoom.WhenReadAsync(worker.WarRoom.NoteChange(), cancellationToken).ConfigureAwait(false);
        await FinishAsync(
                incident.Closed ?? incident.Modified,
                () => WhenSaidAsync(cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task FinishAsync(DateTimeOffset closedAt, Func<Task> whenSaid, CancellationToken cancellationToken)
    {
        var channel = await ChannelAccess
            .GetAsync(context, worker.Mirror.ChannelId, cancellationToken)
            .ConfigureAwait(false);
        if (!channel.IsArchived)
        {
            if (await IsOpenAgainAsync(cancellationToken).ConfigureAwait(false))
                return;
            await SayAsync(
                    "closed",
                    closedAt,
                    $"Investigation {worker.Mirror.InvestigationId} was closed. {WhatBecomesOfTheChannel()}"
                )
                .ConfigureAwait(false);
            await whenSaid().ConfigureAwait(false);
            // It may have taken hours to say it.
            if (await IsOpenAgainAsync(cancellationToken).ConfigureAwait(false))
                return;
            context.StopPoints.At(StopPoint.BeforeArchive);
            if (worker.Mirror.AutoClose && OtherInvestigation() is null)
                await ArchiveAsync(cancellationToken).ConfigureAwait(false);
        }

        context.StopPoints.At(StopPoint.AfterArchive);
        await worker
            .Health.CloseAsync(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "Investigation {0} was closed at {1:yyyy-MM-dd HH:mm:ss}Z.",
                    worker.Mirror.InvestigationId,
                    closedAt.UtcDateTime
                )
            )
            .ConfigureAwait(false);
    }

    private async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        worker.Channel.LeaveAlone();
        try
        {
            await ChannelArchiver
                .ArchiveAsync(context, worker.Mirror.ChannelId, cancellationToken)
                .ConfigureAwait(false);
            context.Log.Information(
                ListenerLogEvents.ChannelArchived,
                "The channel is archived, because its investigation was closed.",
                worker.Health.Identity
            );
        }
        catch
        {
            worker.Channel.TakeUp();
            throw;
        }
    }

    private async Task<bool> IsOpenAgainAsync(CancellationToken cancellationToken)
    {
        var query = new IncidentQuery { Ids = [worker.Mirror.InvestigationId], Size = 1 };
        var page = await context.Xsoar.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false);
        return page.Data.Any(incident => incident.Id == worker.Mirror.InvestigationId && !incident.IsClosed);
    }

    private string WhatBecomesOfTheChannel() =>
        !worker.Mirror.AutoClose ? "Nothing more is mirrored unless it is reopened."
        : OtherInvestigation() is { } other
            ? $"This channel stays, because investigation {other} is still mirrored here."
        : "This channel is archived.";

    // Several investigations may share a channel; the last one closes it.
    private string? OtherInvestigation() =>
        context
            .Store.ReadMirrors()
            .FirstOrDefault(mirror =>
                mirror.Id != worker.Mirror.Id
                && mirror.ChannelId == worker.Mirror.ChannelId
                && (mirror.State is MirrorState.Active or MirrorState.Paused)
            )
            ?.InvestigationId;

    /// <summary>Takes a closed mirror up again, unless its channel is still archived.</summary>
    public async Task ReopenAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        // An archived channel may never be restored: it is looked at now and then, not at each search.
        if (_sawArchived is { } at && context.Time.GetElapsedTime(at) < context.Options.PausedRetry)
            return;
        var channel = await ChannelAccess
            .GetAsync(context, worker.Mirror.ChannelId, cancellationToken)
            .ConfigureAwait(false);
        _sawArchived = channel.IsArchived ? context.Time.GetTimestamp() : null;
        if (channel.IsArchived)
            return;
        // Said first: a process that ends in between does both again, and the time of the closing keeps it to one post.
        var closedAt =
            context.Store.ReadMirrors().FirstOrDefault(mirror => mirror.Id == worker.Mirror.Id)?.StateSince
            ?? incident.Modified;
        await SayAsync(
                "reopened",
                closedAt,
                $"Investigation {worker.Mirror.InvestigationId} was reopened. Lines are mirrored again."
            )
            .ConfigureAwait(false);
        context.StopPoints.At(StopPoint.BeforeReopened);
        await worker.Health.ReopenAsync().ConfigureAwait(false);
        worker.Channel.TakeUp();
        worker.Chat.NoteGap();
        worker.WarRoom.NoteChange();
    }

    // Through the outbox like any line, so that it is said once whatever happens, and after all that was said before.
    private async Task SayAsync(string what, DateTimeOffset at, string text)
    {
        var notice = new DeliveryRecord
        {
            MirrorId = worker.Mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            Kind = DeliveryKind.Notice,
            SourceId = string.Format(CultureInfo.InvariantCulture, "{0}:{1}", what, at.UtcTicks),
            SourceAt = at.ToUnixTimeMilliseconds(),
            Floor = worker.Chat.AnchorId,
            Payload = new EntryPayload { Text = text }.ToJson(),
        };
        await worker.WarRoomToChat.RecordAsync([notice], default).ConfigureAwait(false);
    }

    private Task WhenSaidAsync(CancellationToken cancellationToken) =>
        worker.WarRoomToChat.WhenDoneAsync(
            context.Store.NewestPendingId(worker.Mirror.Id, DeliveryDirection.WarRoomToChat),
            cancellationToken
        );
}
