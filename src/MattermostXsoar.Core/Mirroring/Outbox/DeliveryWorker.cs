using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Delivers the lines of one mirror and direction, one after the other. A line is done when the other side has told its
/// id and the store has it; whatever was not known to be done when the pump starts is looked up before it is said
/// again.
/// </summary>
internal sealed class DeliveryWorker
{
    // An error that no rule foresees must not hold up the lines behind it for ever.
    private const int TriesOnUnforeseen = 5;
    private const int MostUnmarked = 500;

    private readonly MirrorContext _context;
    private readonly MirrorHealth _health;
    private readonly IDeliverySink _target;
    private readonly OutboxQueue _outbox;
    private readonly AckBatcher _marker;
    private readonly DeliveryLog _log;
    private readonly WorkSequence _dealtWith = new();
    private readonly string _part;
    private readonly int? _mostTries;

    // The highest number of an edit or deletion: only lines up to it can have been edited or deleted while they waited,
    // so that the others need no look into the store. What was there at the start is looked at.
    private long _changedUpTo;

    /// <summary>Makes a pump.</summary>
    /// <param name="context">What the mirror works with.</param>
    /// <param name="health">Where the mirror stands.</param>
    /// <param name="direction">Which way this pump delivers.</param>
    /// <param name="target">The side it delivers to.</param>
    /// <param name="mostTries">For one pass: after so many tries the error ends the pump. Null: for ever.</param>
    public DeliveryWorker(
        MirrorContext context,
        MirrorHealth health,
        DeliveryDirection direction,
        IDeliverySink target,
        int? mostTries = null
    )
    {
        _context = context;
        _health = health;
        _target = target;
        _part = direction.ToString();
        _mostTries = mostTries;
        _outbox = new OutboxQueue(context.Store, health.Mirror.Id, direction, context.StopPoints);
        _log = new DeliveryLog(context, health, direction);
        _marker = new AckBatcher(context, _log);
        _changedUpTo = context.Store.NewestDeliveryId();
        Recovery = new RecoveryLookup(context, target, health.Mirror.Id, direction, _changedUpTo);
    }

    /// <summary>What may have arrived before this pump began.</summary>
    public RecoveryLookup Recovery { get; }

    /// <summary>Waits until the line of that number, and all before it, have arrived or were refused, and the store
    /// says so.</summary>
    public async Task WhenDoneAsync(long lineId, CancellationToken cancellationToken)
    {
        await _dealtWith.WhenFinishedAsync(lineId, cancellationToken).ConfigureAwait(false);
        await _marker.FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records lines, with how far their side has been read, and delivers those that are new.</summary>
    /// <returns>The lines that were new.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> RecordAsync(
        IReadOnlyList<DeliveryRecord> lines,
        ReadPosition position
    )
    {
        IReadOnlyList<DeliveryRecord> added;
        try
        {
            added = await _outbox.RecordAsync(lines, position).ConfigureAwait(false);
        }
        catch
        {
            // They may be in the store in spite of the error; which they are, nobody knows.
            Volatile.Write(ref _changedUpTo, long.MaxValue);
            throw;
        }

        if (
            added.LastOrDefault(line => line.Kind is DeliveryKind.Edit or DeliveryKind.Deletion) is { } change
            && change.Id > Volatile.Read(ref _changedUpTo)
        )
            Volatile.Write(ref _changedUpTo, change.Id);
        _log.Recorded(added);
        return added;
    }

    /// <summary>Delivers until <paramref name="stopping"/> (after the line at hand) or <paramref name="abort"/> (at
    /// once).</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            while (true)
            {
                var lines = await TakeAsync(stopping).ConfigureAwait(false);
                await DeliverAsync(lines, stopping, abort).ConfigureAwait(false);
            }
        }
        finally
        {
            await _marker.FinishAsync(abort).ConfigureAwait(false);
        }
    }

    /// <summary>Delivers what waits now, then returns with all of it marked.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_outbox.TryTake() is { Count: > 0 } lines)
                await DeliverAsync(lines, cancellationToken, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _marker.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<DeliveryRecord>> TakeAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(_context.Options, _context.Random);
        while (true)
        {
            try
            {
                return await _outbox.TakeAsync(stopping).ConfigureAwait(false);
            }
            catch (MattermostXsoarException exception)
            {
                await _health.TroubledAsync(_part, exception).ConfigureAwait(false);
                await _context.Time.Delay(backoff.Next(), stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task DeliverAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        var newest = lines[lines.Count - 1].Id;
        if (Recovery.Covers(lines[0]))
            lines = await WithoutArrivedAsync(lines, stopping, abort).ConfigureAwait(false);
        foreach (var line in lines)
        {
            stopping.ThrowIfCancellationRequested();
            // A further part replies to the first one's post, an edit changes it: its id has to be in the store by
            // then.
            if (line.Part > 0 || line.Kind is DeliveryKind.Edit or DeliveryKind.Deletion)
                await _marker.FinishAsync(abort).ConfigureAwait(false);
            StopBefore(line);
            await DeliverAsync(line, stopping, abort).ConfigureAwait(false);
            _dealtWith.Finish(line.Id);
        }

        _dealtWith.Finish(newest);
    }

    private void StopBefore(DeliveryRecord line)
    {
        if (line.Kind is DeliveryKind.Edit or DeliveryKind.Deletion)
            _context.StopPoints.At(StopPoint.BeforeChange, line.Direction);
        else if (line.Part > 0)
            _context.StopPoints.At(StopPoint.BetweenParts, line.Direction);
    }

    private async Task DeliverAsync(DeliveryRecord line, CancellationToken stopping, CancellationToken abort)
    {
        _log.Begin();
        var backoff = new Backoff(_context.Options, _context.Random);
        var uncertain = false;
        var unanswered = false;
        for (var tries = 1; ; tries++)
        {
            try
            {
                var targetId = uncertain
                    ? await LookUpAsync(line, unanswered, stopping, abort).ConfigureAwait(false)
                    : null;
                (uncertain, unanswered) = (false, false);
                if (targetId is not null)
                {
                    await _marker.DoneAsync(line, targetId, MostUnmarked, abort).ConfigureAwait(false);
                }
                else if (await RenewAsync(line).ConfigureAwait(false) is { } newest)
                {
                    // As it is now: it may have been edited while it waited. A look-up has to seek the same.
                    line = newest;
                    _context.StopPoints.At(StopPoint.BeforeSend, line.Direction);
                    var outcome = await _target.SendAsync(line, abort).ConfigureAwait(false);
                    _context.StopPoints.At(StopPoint.AfterSend, line.Direction);
                    await MarkAsync(line, outcome, abort).ConfigureAwait(false);
                }

                await _health.SucceededAsync(_part).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!IsStop(exception, stopping, abort))
            {
                var verdict = FailurePolicy.Judge(exception);
                unanswered |= uncertain || exception is ApiException { Kind: ErrorKind.Timeout };
                uncertain |= verdict == FailureAction.LookUp;
                if (
                    verdict == FailureAction.Fail
                    || (exception is not MattermostXsoarException && tries >= TriesOnUnforeseen)
                )
                {
                    await FailAsync(line, FailurePolicy.Explain(exception), null, abort, exception)
                        .ConfigureAwait(false);
                    return;
                }

                await WaitAsync(line, verdict, exception, backoff, tries, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<DeliveryRecord?> RenewAsync(DeliveryRecord line) =>
        line.Id > Volatile.Read(ref _changedUpTo) ? line : await _context.Store.RenewAsync(line).ConfigureAwait(false);

    private Task MarkAsync(DeliveryRecord line, DeliveryOutcome outcome, CancellationToken abort) =>
        outcome switch
        {
            { Refusal: { } why } => FailAsync(line, why, outcome.TargetId, abort),
            { TargetId: { } targetId } => _marker.DoneAsync(line, targetId, MostUnmarked, abort),
            _ => _marker.SkippedAsync(line, abort),
        };

    private async Task WaitAsync(
        DeliveryRecord? line,
        FailureAction verdict,
        Exception exception,
        Backoff backoff,
        int tries,
        CancellationToken stopping
    )
    {
        var wait = backoff.Next();
        switch (verdict)
        {
            case FailureAction.Pause or FailureAction.Close:
                // A closed investigation is ended in good order when the search shows it; until then lines wait.
                await _health.PauseAsync(_part, exception, line).ConfigureAwait(false);
                wait = _context.Options.PausedRetry;
                break;
            default:
                await _health.TroubledAsync(_part, exception, line).ConfigureAwait(false);
                if (verdict == FailureAction.LookUp && wait < _context.Options.SettleTime)
                    wait = _context.Options.SettleTime;
                break;
        }

        if (_mostTries is { } most && (tries >= most || verdict is FailureAction.Pause or FailureAction.Close))
            throw new DeliveryStoppedException(exception);
        // Not for hours: the server may be back sooner than it said.
        if (exception is ApiException { RetryAfter: { } asked } && asked > wait)
            wait = asked < RetryAfter.Longest ? asked : RetryAfter.Longest;
        _log.DeliveryRetried(line, verdict, exception, wait);
        await _context.Time.Delay(wait, stopping).ConfigureAwait(false);
    }

    private async Task<string?> LookUpAsync(
        DeliveryRecord line,
        bool unanswered,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        _log.LookingUp([line]);
        var find = await _target.FindAsync([line], abort).ConfigureAwait(false);
        if (find(line) is null && unanswered)
        {
            // A server that was silent for a while may do what it was asked before only now that it answers again.
            await _context.Time.Delay(_context.Options.SettleTime, stopping).ConfigureAwait(false);
            find = await _target.FindAsync([line], abort).ConfigureAwait(false);
        }

        return _log.Found(line, Arrived(find, line));
    }

    // What was said in a refused line's stead carries the line's mark as well, but is not the line.
    private static string? Arrived(Func<DeliveryRecord, string?> find, DeliveryRecord line) =>
        find(line) is { } targetId && targetId != line.TargetId ? targetId : null;

    private static bool IsStop(Exception exception, CancellationToken stopping, CancellationToken abort) =>
        exception is OperationCanceledException && (stopping.IsCancellationRequested || abort.IsCancellationRequested);

    private async Task<IReadOnlyList<DeliveryRecord>> WithoutArrivedAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        var backoff = new Backoff(_context.Options, _context.Random);
        for (var tries = 1; ; tries++)
        {
            try
            {
                _log.Begin();
                _log.LookingUp(lines);
                var find = await Recovery.FindAsync(lines, stopping, abort).ConfigureAwait(false);
                var missing = new List<DeliveryRecord>();
                if (lines.Any(line => find(line) is not null))
                    _context.StopPoints.At(StopPoint.AfterLookUp, lines[0].Direction);
                foreach (var line in lines)
                {
                    if (Arrived(find, line) is { } targetId)
                        await _marker.DoneAsync(line, targetId, MostUnmarked, abort).ConfigureAwait(false);
                    else
                        missing.Add(line);
                }

                _log.Found(lines.Count - missing.Count, lines.Count);
                return missing;
            }
            catch (Exception exception) when (!IsStop(exception, stopping, abort))
            {
                Recovery.Unsettle();
                // A look-up has no outcome to worry about; whatever went wrong, nothing may be said before it succeeds.
                var verdict =
                    FailurePolicy.Judge(exception) is FailureAction.Pause ? FailureAction.Pause : FailureAction.Retry;
                await WaitAsync(null, verdict, exception, backoff, tries, stopping).ConfigureAwait(false);
            }
        }
    }

    private Task FailAsync(
        DeliveryRecord line,
        string why,
        string? targetId,
        CancellationToken abort,
        Exception? cause = null
    ) => _marker.FailedAsync(line, _log.Refused(line, why, cause, targetId), targetId, abort);
}
