using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Delivers the messages of one mirror and direction, one after the other. A delivery is done when the other side has
/// returned an id and the store has it; whatever was not known to be done when the worker starts is looked up before it
/// is sent again.
/// </summary>
internal sealed class DeliveryWorker
{
    // An error that no rule foresees must not hold up the following deliveries for ever.
    private const int MaxUnexpectedFailures = 5;
    private const int MaxUnacknowledged = 500;

    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private readonly IDeliverySink _sink;
    private readonly OutboxQueue _outbox;
    private readonly AckBatcher _acks;
    private readonly DeliveryLookup _lookup;
    private readonly DeliveryLog _log;
    private readonly HealthReporter _reporter;
    private readonly WorkSequence _finished = new();
    private readonly AsyncSignal _hurry = new();
    private readonly int? _maxAttempts;

    // The delivery under way, whose text is removed from errors; null while several are looked up.
    private DeliveryRecord? _current;

    // The highest number of an edit or deletion: only deliveries up to it can have been edited or deleted while they
    // waited, so for the others the store need not be read. It is read for all that existed at the start.
    private long _changedUpTo;

    /// <summary>Makes a worker.</summary>
    /// <param name="store">Where deliveries are recorded and acknowledged.</param>
    /// <param name="runtime">Clock, intervals and log.</param>
    /// <param name="health">The mirror's health.</param>
    /// <param name="direction">Which way this worker delivers.</param>
    /// <param name="sink">The side it delivers to.</param>
    /// <param name="maxAttempts">
    /// For one pass: after so many tries it ends with <see cref="AttemptsExhaustedException"/>. Null: never.
    /// </param>
    public DeliveryWorker(
        StateStore store,
        MirrorRuntime runtime,
        MirrorHealth health,
        DeliveryDirection direction,
        IDeliverySink sink,
        int? maxAttempts = null
    )
    {
        Direction = direction;
        _store = store;
        _runtime = runtime;
        _sink = sink;
        _maxAttempts = maxAttempts;
        _outbox = new OutboxQueue(store, health.Mirror.Id, direction, runtime.StopPoints);
        _log = new DeliveryLog(runtime, health, direction);
        _acks = new AckBatcher(store, runtime, _log);
        _lookup = new DeliveryLookup(runtime, sink, _log);
        _reporter = new HealthReporter(
            health,
            direction == DeliveryDirection.ChatToWarRoom ? MirrorPart.ChatToWarRoom : MirrorPart.WarRoomToChat,
            (text, cause) => _current is { } delivery ? DeliveryText.Mask(text, delivery, cause) : text
        );
        _changedUpTo = store.NewestDeliveryId();
        Recovery = new RecoveryLookup(store, runtime, sink, health.Mirror.Id, direction, _changedUpTo);
    }

    /// <summary>Which way this worker delivers.</summary>
    public DeliveryDirection Direction { get; }

    /// <summary>What may have arrived before this worker began.</summary>
    public RecoveryLookup Recovery { get; }

    /// <summary>
    /// Waits until the delivery of that number, and all before it, are done or failed, and the store has that.
    /// </summary>
    public async Task WhenDoneAsync(long deliveryId, CancellationToken cancellationToken)
    {
        await _finished.WhenFinishedAsync(deliveryId, cancellationToken).ConfigureAwait(false);
        await _acks.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What held a delivery up may be over, or the other side now refuses it for good: it is tried again at once.
    /// </summary>
    public void Hurry() => _hurry.Set();

    /// <summary>Records messages, with how far their side has been read, and delivers those that are new.</summary>
    /// <returns>Those that were new.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> RecordAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        ReadPosition position
    )
    {
        IReadOnlyList<DeliveryRecord> added;
        try
        {
            added = await _outbox.RecordAsync(deliveries, position).ConfigureAwait(false);
        }
        catch
        {
            // They may be in the store in spite of the error; which of them is not known.
            Volatile.Write(ref _changedUpTo, long.MaxValue);
            throw;
        }

        if (
            added.LastOrDefault(delivery => delivery.IsChange) is { } change
            && change.Id > Volatile.Read(ref _changedUpTo)
        )
            Volatile.Write(ref _changedUpTo, change.Id);
        _log.Recorded(added);
        return added;
    }

    /// <summary>
    /// Delivers until <paramref name="stopping"/> (after the current delivery) or <paramref name="abort"/> (at once),
    /// which never comes first.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        var retry = new RetryLoop(_runtime, _reporter, _maxAttempts);
        try
        {
            while (true)
            {
                var deliveries = await retry
                    .RunAsync(() => _outbox.TakeAsync(stopping), stopping)
                    .ConfigureAwait(false);
                await DeliverAsync(deliveries, stopping, abort).ConfigureAwait(false);
            }
        }
        finally
        {
            await _acks.FlushAsync(abort).ConfigureAwait(false);
        }
    }

    /// <summary>Delivers what waits now, then returns with all of it acknowledged in the store.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_outbox.TryTake() is { Count: > 0 } deliveries)
                await DeliverAsync(deliveries, cancellationToken, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _acks.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        var newest = deliveries[deliveries.Count - 1].Id;
        if (Recovery.Covers(deliveries[0]))
            deliveries = await RemoveArrivedAsync(deliveries, stopping, abort).ConfigureAwait(false);
        foreach (var delivery in deliveries)
        {
            stopping.ThrowIfCancellationRequested();
            // A further part replies to the first one's post, an edit changes it: its id has to be in the store by
            // then.
            if (delivery.IsFurtherPart || delivery.IsChange)
                await _acks.FlushAsync(abort).ConfigureAwait(false);
            StopBefore(delivery);
            await DeliverAsync(delivery, stopping, abort).ConfigureAwait(false);
            _finished.Finish(delivery.Id);
        }

        _finished.Finish(newest);
    }

    private void StopBefore(DeliveryRecord delivery)
    {
        if (delivery.IsChange)
            _runtime.StopPoints.At(StopPoint.BeforeChange, delivery.Direction);
        else if (delivery.IsFurtherPart)
            _runtime.StopPoints.At(StopPoint.BetweenParts, delivery.Direction);
    }

    private async Task DeliverAsync(DeliveryRecord delivery, CancellationToken stopping, CancellationToken abort)
    {
        _log.Begin();
        _current = delivery;
        RetryLoop? retry = null;
        var unexpected = 0;
        var (isUncertain, wasSilent) = (false, false);
        var patience = new DeliveryPatience(_runtime, _sink, _maxAttempts is not null);
        while (true)
        {
            var isLookUp = isUncertain;
            try
            {
                var targetId = isUncertain
                    ? await _lookup.FindAsync(delivery, wasSilent, stopping, abort).ConfigureAwait(false)
                    : null;
                (isUncertain, wasSilent, isLookUp) = (false, false, false);
                if (targetId is not null)
                {
                    await _acks.DoneAsync(delivery, targetId, MaxUnacknowledged, abort).ConfigureAwait(false);
                }
                else if (await RenewAsync(delivery).ConfigureAwait(false) is { } newest)
                {
                    // As it is now: it may have been edited while it waited. A look-up has to look for the same.
                    _current = delivery = newest;
                    if (patience.IsExhausted(delivery))
                        await GiveUpAsync(delivery, patience, abort).ConfigureAwait(false);
                    else
                        await SendAsync(delivery, abort).ConfigureAwait(false);
                }

                await _reporter.SucceededAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!RetryLoop.IsStop(exception, stopping))
            {
                var action = isLookUp ? FailurePolicy.JudgeLookUp(exception) : FailurePolicy.JudgeDelivery(exception);
                wasSilent |= isUncertain || exception is ApiException { Kind: ErrorKind.Timeout };
                isUncertain |= action == FailureAction.LookUp;
                if (exception is not MattermostXsoarException)
                    unexpected++;
                if (action == FailureAction.Fail || unexpected >= MaxUnexpectedFailures)
                {
                    await FailAsync(delivery, ErrorSummary.Of(exception), null, abort, exception).ConfigureAwait(false);
                    return;
                }

                await patience.NoteFailureAsync(delivery, action, exception, stopping).ConfigureAwait(false);
                // The note follows the last try at once: were there a wait between them, a side that accepts messages
                // again after an outage would often accept the note first.
                if (patience.IsExhausted(delivery))
                    continue;
                retry ??= new RetryLoop(_runtime, _reporter, _maxAttempts);
                await WaitAsync(retry, action, exception, delivery, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitAsync(
        RetryLoop retry,
        FailureAction action,
        Exception exception,
        DeliveryRecord delivery,
        CancellationToken stopping
    )
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var waiting = retry.WaitAsync(action, exception, cut.Token, LogWait(delivery));
        await Task.WhenAny(waiting, _hurry.WaitAsync(cut.Token)).ConfigureAwait(false);
        cut.Cancel();
        stopping.ThrowIfCancellationRequested();
        try
        {
            await waiting.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Tried again at once.
        }
    }

    private async Task SendAsync(DeliveryRecord delivery, CancellationToken abort)
    {
        _runtime.StopPoints.At(StopPoint.BeforeSend, delivery.Direction);
        var outcome = await _sink.SendAsync(delivery, abort).ConfigureAwait(false);
        _runtime.StopPoints.At(StopPoint.AfterSend, delivery.Direction);
        await AcknowledgeAsync(delivery, outcome, abort).ConfigureAwait(false);
    }

    // The side has to accept a note first. If it does not, it accepts nothing, and the delivery has all its tries again.
    private async Task GiveUpAsync(DeliveryRecord delivery, DeliveryPatience patience, CancellationToken abort)
    {
        var cause = patience.Cause!;
        patience.Reset();
        var outcome = await _sink.GiveUpAsync(delivery, cause, abort).ConfigureAwait(false);
        if (outcome.Refusal is { } reason)
            await FailAsync(delivery, reason, outcome.TargetId, abort, cause).ConfigureAwait(false);
        else
            await AcknowledgeAsync(delivery, outcome, abort).ConfigureAwait(false);
    }

    private async Task<DeliveryRecord?> RenewAsync(DeliveryRecord delivery) =>
        delivery.Id > Volatile.Read(ref _changedUpTo)
            ? delivery
            : await _store.RenewAsync(delivery).ConfigureAwait(false);

    private Task AcknowledgeAsync(DeliveryRecord delivery, DeliveryOutcome outcome, CancellationToken abort) =>
        outcome switch
        {
            { Refusal: { } reason } => FailAsync(delivery, reason, outcome.TargetId, abort),
            { TargetId: { } targetId } => _acks.DoneAsync(delivery, targetId, MaxUnacknowledged, abort),
            _ => _acks.SkippedAsync(delivery, abort),
        };

    private async Task<IReadOnlyList<DeliveryRecord>> RemoveArrivedAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        _current = null;
        return await new RetryLoop(_runtime, _reporter, _maxAttempts)
            .RunAsync(
                () => TryRemoveArrivedAsync(deliveries, stopping, abort),
                stopping,
                FailurePolicy.JudgeLookUp,
                LogWait(null)
            )
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<DeliveryRecord>> TryRemoveArrivedAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        _log.Begin();
        _log.LookingUp(deliveries);
        var find = await Recovery.FindAsync(deliveries, stopping, abort).ConfigureAwait(false);
        if (deliveries.Any(delivery => find(delivery) is not null))
            _runtime.StopPoints.At(StopPoint.AfterLookUp, deliveries[0].Direction);
        var missing = new List<DeliveryRecord>();
        foreach (var delivery in deliveries)
        {
            if (DeliveryLookup.Arrived(find, delivery) is { } targetId)
                await _acks.DoneAsync(delivery, targetId, MaxUnacknowledged, abort).ConfigureAwait(false);
            else
                missing.Add(delivery);
        }

        _log.Found(deliveries.Count - missing.Count, deliveries.Count);
        return missing;
    }

    private Action<FailureAction, Exception, TimeSpan> LogWait(DeliveryRecord? delivery) =>
        (action, exception, wait) => _log.Retried(delivery, action, exception, wait);

    private Task FailAsync(
        DeliveryRecord delivery,
        string reason,
        string? targetId,
        CancellationToken abort,
        Exception? cause = null
    ) => _acks.FailedAsync(delivery, _log.Refused(delivery, reason, cause, targetId), targetId, abort);
}
