using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The War Room's side of one mirror: reads it when told that it changed (or may have), records what is new and hands
/// it to the pump. It reads from a while before the newest entry it knows, for entries that appear late; an entry from
/// the future is carried but does not move that (<see cref="ClockSkewGuard"/>).
/// </summary>
internal sealed class WarRoomSource
{
    private const string Part = "ReadWarRoom";

    private readonly MirrorContext _context;
    private readonly MirrorHealth _health;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryWorker _pump;
    private readonly Func<string?> _chatFloor;
    private readonly WarRoomReader _reader;
    private readonly EntryDeliveries _lines;
    private readonly AsyncSignal _signal = new();
    private readonly EntryTracker _memory = new();
    private readonly WorkSequence _readings = new();
    private readonly PollWindow _window;
    private readonly ClockSkewGuard _clock;
    private long _cursor;
    private bool _hasRead;
    private long? _readAt;

    // Of any entry, be it from the future, which does not move the cursor.
    private long _newestSeen;

    // While the server's clock is behind where it was: the time of what it said last.
    private long? _behind;
    private bool _wasBehind;

    // When the investigation last changed, as the search showed it since the last reading (ticks, XSOAR's clock).
    private long _hint = long.MaxValue;

    public WarRoomSource(MirrorContext context, MirrorHealth health, DeliveryWorker pump, Func<string?> chatFloor)
    {
        _context = context;
        _health = health;
        _mirror = health.Mirror;
        _pump = pump;
        _chatFloor = chatFloor;
        _reader = new WarRoomReader(context.Xsoar, context.WarRoomPageLimit);
        _lines = new EntryDeliveries(context, _mirror);
        _window = new PollWindow(context.Options, context.Time);
        _clock = new ClockSkewGuard(context.Time);
        _cursor = _newestSeen = _mirror.WarRoomCursor;
        var known =
            new DateTimeOffset(_cursor, TimeSpan.Zero).ToUnixTimeMilliseconds()
            - (long)context.Options.EditWindow.TotalMilliseconds;
        _memory.Load(context.Store.ReadKnown(_mirror.Id, DeliveryDirection.WarRoomToChat, known));
    }

    /// <summary>Raised with the number of new entries after a reading that found some.</summary>
    public event Action<int>? Found;

    /// <summary>The newest entry's time that was recorded (ticks, XSOAR's clock).</summary>
    public long Cursor => Interlocked.Read(ref _cursor);

    /// <summary>The number of the newest reading that was asked for.</summary>
    public long Asked => _readings.Asked;

    /// <summary>True while a reading that was asked for is not finished.</summary>
    public bool IsReading => _readings.IsOpen;

    /// <summary>The War Room may have changed: it is read.</summary>
    /// <param name="whole">Whether everything is to be sought that may have appeared late or been changed.</param>
    /// <param name="changedAt">When the investigation changed, if the search showed that.</param>
    /// <returns>The reading's number, for <see cref="WhenReadAsync"/>.</returns>
    public long NoteChange(bool whole = false, DateTimeOffset? changedAt = null)
    {
        if (whole)
            _window.AskDeep();
        if (changedAt is { } at)
            Hint(at.UtcTicks);
        var reading = _readings.Ask();
        _signal.Set();
        return reading;
    }

    /// <summary>Waits until the reading that <see cref="NoteChange"/> asked for is done.</summary>
    public Task WhenReadAsync(long reading, CancellationToken cancellationToken) =>
        _readings.WhenFinishedAsync(reading, cancellationToken);

    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(_context.Options, _context.Random);
        var rests = new Backoff(_context.Options.FirstRestart, _context.Options.LongestRestart, _context.Random);
        while (true)
        {
            await WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                await ReadAsync(stopping).ConfigureAwait(false);
                backoff.Reset();
                rests.Reset();
            }
            catch (MattermostXsoarException exception)
            {
                var wait = backoff.Next();
                switch (FailurePolicy.Judge(exception))
                {
                    case FailureAction.Pause:
                        await _health.PauseAsync(Part, exception).ConfigureAwait(false);
                        wait = _context.Options.PausedRetry;
                        break;
                    default:
                        await _health.TroubledAsync(Part, exception).ConfigureAwait(false);
                        break;
                }

                await _context.Time.Delay(wait, stopping).ConfigureAwait(false);
                _signal.Set();
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                await _health.CrashedAsync(Part, exception).ConfigureAwait(false);
                await _context.Time.Delay(rests.Next(), stopping).ConfigureAwait(false);
                _signal.Set();
            }
        }
    }

    /// <summary>Reads once; errors are the caller's.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var asked = _readings.Asked;
        if (_mirror.CarriesWarRoom)
        {
            try
            {
                await ReadAsync(_window.Begin(), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                _window.Failed();
                throw;
            }

            _window.Done();
        }

        _pump.Recovery.Close();
        _readings.Finish(asked);
    }

    private async Task ReadAsync(TimeSpan overlap, CancellationToken cancellationToken)
    {
        using var turn = await _context.WarRoomReadLimit.EnterAsync(cancellationToken).ConfigureAwait(false);
        var hint = Interlocked.Exchange(ref _hint, long.MaxValue);
        try
        {
            await ReadAsync(From(overlap, hint), hint, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Hint(hint);
            throw;
        }
    }

    private async Task ReadAsync(DateTimeOffset? from, long hint, CancellationToken cancellationToken)
    {
        var startedAt = _context.Time.GetTimestamp();
        var room = await _reader.ReadAsync(_mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        IEnumerable<XsoarEntry> entries = room.Entries;
        if (from is { } time && _memory.Missing(time, room.Entries) is { Count: > 0 } missing)
        {
            var deleted = await DeletedEntryReader
                .FindAsync(_context.Xsoar, _mirror.InvestigationId, time, missing, cancellationToken)
                .ConfigureAwait(false);
            _memory.LeaveUnexplained(missing.Except(deleted.Select(entry => entry.Id)));
            entries = entries.Concat(deleted);
        }

        var (found, lines) = await RecordAsync(entries.ToList(), NewFrom(from)).ConfigureAwait(false);
        await _health.SucceededAsync(Part).ConfigureAwait(false);
        TellRead(lines, startedAt);
        if (found > 0)
            Found?.Invoke(found);
        // What was found need not be all that changed: an edit leaves no new entry, and a clock that was set may hide
        // one.
        if (found > 0 || hint != long.MaxValue)
            _window.OweDeep();
    }

    // What the first reading finds was said while nobody listened.
    private void TellRead(int lines, long startedAt)
    {
        var isFirst = !_hasRead;
        _hasRead = true;
        if (!(_context.Log.IsVerbose || (isFirst && lines > 0)))
            return;
        var details = new ListenerLogDetails
        {
            Direction = DeliveryDirection.WarRoomToChat,
            Count = lines,
            Duration = _context.Time.GetElapsedTime(startedAt),
        };
        if (isFirst && lines > 0)
            _context.Log.Information(
                ListenerLogEvents.CaughtUp,
                $"{lines} lines were read from the War Room.",
                _health.Identity,
                details
            );
        else
            _context.Log.Verbose(
                ListenerLogEvents.WarRoomRead,
                $"{lines} new lines were read from the War Room.",
                _health.Identity,
                details
            );
    }

    // A server whose clock was set back says new things at times that were read already: the time at which the search
    // last saw a change, and this machine's own, tell.
    private DateTimeOffset? From(TimeSpan overlap, long hint)
    {
        if (_cursor == 0)
            return null;
        var start = _window.IsWhole ? Math.Min(_cursor, _context.Time.GetUtcNow().UtcTicks) : _cursor;
        // What it said first since then may lie long before what the search shows of it.
        if (_behind is null && hint < start - overlap.Ticks)
            overlap = _context.Options.EditWindow;
        hint = Math.Min(hint, _behind ?? long.MaxValue);
        if (hint < start - overlap.Ticks)
            start = Math.Max(hint, start - _context.Options.EditWindow.Ticks);
        var from = start - overlap.Ticks;
        if (_window.IsDeep)
            from = Math.Max(from, Math.Min(_memory.CompleteSince, start - _context.Options.WarRoomOverlap.Ticks));
        return new DateTimeOffset(Math.Max(0, from), TimeSpan.Zero);
    }

    // What is older was carried long ago, so that the store may have forgotten it (StateStore.PruneAsync), or was said
    // before the mirror began. A server that compares fromTime with 'modified' brings it again when it is edited.
    private DateTimeOffset NewFrom(DateTimeOffset? from)
    {
        if (from is null)
            return DateTimeOffset.MinValue;
        var remembered = _cursor - (_context.Options.EditWindow + _context.Options.WarRoomOverlap).Ticks;
        return new DateTimeOffset(Math.Max(0, Math.Max(remembered, _mirror.WarRoomSince)), TimeSpan.Zero);
    }

    // Until something changed, or the whole overlap has to be read after the last change.
    private async Task WaitAsync(CancellationToken stopping)
    {
        if (_window.DueIn is not { } due)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            return;
        }

        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_signal.WaitAsync(cut.Token), _context.Time.Delay(due, cut.Token)).ConfigureAwait(false);
        cut.Cancel();
        stopping.ThrowIfCancellationRequested();
    }

    private async Task<(int News, int Lines)> RecordAsync(IReadOnlyList<XsoarEntry> entries, DateTimeOffset newFrom)
    {
        var readAt = _readAt;
        _readAt = _context.Time.GetTimestamp();
        var fresh = entries.Where(_memory.IsFresh).ToList();
        if (fresh.Count == 0)
            return (0, 0);
        // The clock that was set back may have been set forth again: what lies behind goes on from what was read there.
        fresh = EntryOrdering.Of(
            fresh,
            _newestSeen,
            _behind is null ? Away(readAt) : TimeSpan.MaxValue,
            _memory.IsNews
        );
        var floor = _chatFloor();
        // One without a time cannot be told from a new one; if it was carried, the store knows it.
        var lines = fresh
            .SelectMany(entry => _lines.Of(entry, entry.Created >= newFrom || IsTimeless(entry), TimeOf(entry), floor))
            .ToList();
        var newest = Math.Max(_cursor, _clock.Newest(fresh)?.UtcTicks ?? 0);
        var added = await _pump.RecordAsync(lines, ReadPosition.WarRoom(newest)).ConfigureAwait(false);
        Interlocked.Exchange(ref _cursor, newest);
        var news = fresh.Count(_memory.IsNews);
        _newestSeen = Math.Max(Math.Max(_newestSeen, newest), fresh.Max(entry => entry.Created.UtcTicks));
        if (fresh.LastOrDefault(_memory.IsNews) is { } last && !IsTimeless(last))
        {
            // It is sought there once more after it came forth: a reading of several pages may have missed some between
            // two.
            var isBehind = EntryOrdering.IsBehind(last, _newestSeen);
            _behind =
                isBehind ? last.Created.UtcTicks
                : _wasBehind ? _behind
                : null;
            _wasBehind = isBehind;
        }

        _memory.Remember(fresh);
        return (news, added.Count);
    }

    private TimeSpan Away(long? readAt) =>
        readAt is { } at ? _context.Time.GetElapsedTime(at)
        : _mirror.LastDeliveryAt is { } delivered ? _context.Time.GetUtcNow() - delivered
        : TimeSpan.Zero;

    private DateTimeOffset TimeOf(XsoarEntry entry)
    {
        if (!IsTimeless(entry))
            return entry.Created;
        return _cursor > 0 ? new DateTimeOffset(_cursor, TimeSpan.Zero) : _context.Time.GetUtcNow();
    }

    private static bool IsTimeless(XsoarEntry entry) => entry.Created == DateTimeOffset.MinValue;

    private void Hint(long ticks)
    {
        long known;
        while (
            ticks < (known = Interlocked.Read(ref _hint))
            && Interlocked.CompareExchange(ref _hint, ticks, known) != known
        ) { }
    }
}
