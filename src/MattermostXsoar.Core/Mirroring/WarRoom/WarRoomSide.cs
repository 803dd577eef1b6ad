using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Delivery;
using MattermostXsoar.Core.Mirroring.Translation;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoom;

/// <summary>
/// The War Room's side of one mirror: reads it when told that it changed (or may have), records what is new and hands it to
/// the pump. It reads from a while before the newest entry it knows, for entries that appear late; an entry from the future
/// is carried but does not move that (<see cref="WarRoomClock"/>).
/// </summary>
internal sealed class WarRoomSide
{
    private const string Part = "ReadWarRoom";

    private readonly MirrorContext _context;
    private readonly MirrorStatus _status;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryPump _pump;
    private readonly Func<string?> _chatFloor;
    private readonly WarRoomReader _reader;
    private readonly WarRoomToChatTranslator _translator;
    private readonly AsyncSignal _signal = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Rounds _readings = new();
    private readonly ReadingWindow _window;
    private readonly WarRoomClock _clock;
    private long _cursor;

    public WarRoomSide(MirrorContext context, MirrorStatus status, DeliveryPump pump, Func<string?> chatFloor)
    {
        _context = context;
        _status = status;
        _mirror = status.Mirror;
        _pump = pump;
        _chatFloor = chatFloor;
        _reader = new WarRoomReader(context.Xsoar);
        _translator = new WarRoomToChatTranslator(new MentionGuard(context.Options.AllowedMentions));
        _window = new ReadingWindow(context.Options, context.Time);
        _clock = new WarRoomClock(context.Time);
        _cursor = _mirror.WarRoomCursor;
    }

    /// <summary>Raised with the number of new entries after a reading that found some.</summary>
    public event Action<int>? Found;

    /// <summary>The newest entry's time that was recorded (ticks, XSOAR's clock).</summary>
    public long Cursor => Interlocked.Read(ref _cursor);

    /// <summary>True while a reading that was asked for is not finished.</summary>
    public bool IsReading => _readings.IsOpen;

    /// <summary>The War Room may have changed: it is read.</summary>
    /// <param name="whole">Whether what may have appeared late is to be sought as well.</param>
    /// <returns>The reading's number, for <see cref="WhenReadAsync"/>.</returns>
    public long NoteChange(bool whole = false)
    {
        if (whole)
            _window.AskWhole();
        var reading = _readings.Ask();
        _signal.Set();
        return reading;
    }

    /// <summary>Waits until the reading that <see cref="NoteChange"/> asked for is done.</summary>
    public Task WhenReadAsync(long reading, CancellationToken cancellationToken) => _readings.WhenFinishedAsync(reading, cancellationToken);

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
                    case FailureVerdict.Pause:
                        await _status.PauseAsync(Part, exception).ConfigureAwait(false);
                        wait = _context.Options.PausedRetry;
                        break;
                    default:
                        await _status.TroubledAsync(Part, exception).ConfigureAwait(false);
                        break;
                }

                await _context.Time.Delay(wait, stopping).ConfigureAwait(false);
                _signal.Set();
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                await _status.CrashedAsync(Part, exception).ConfigureAwait(false);
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

        _readings.Finish(asked);
    }

    private async Task ReadAsync(TimeSpan overlap, CancellationToken cancellationToken)
    {
        var from = _cursor > 0 ? new DateTimeOffset(_cursor, TimeSpan.Zero) - overlap : (DateTimeOffset?)null;
        var room = await _reader.ReadAsync(_mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        // A server that compares fromTime with 'modified' brings old entries again when they are edited. They were carried
        // long ago, or said before the mirror began.
        // One without a time cannot be told from a new one; if it was carried, the store knows it.
        var entries = room.Entries.Where(entry => from is null || entry.Created >= from || IsTimeless(entry)).ToList();
        var found = await RecordAsync(entries).ConfigureAwait(false);
        await _status.SucceededAsync(Part).ConfigureAwait(false);
        if (found > 0)
            Found?.Invoke(found);
    }

    // Until something changed, or the whole overlap has to be read after the last change.
    private async Task WaitAsync(CancellationToken stopping)
    {
        if (_window.WholeDueIn is not { } due)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            return;
        }

        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_signal.WaitAsync(cut.Token), _context.Time.Delay(due, cut.Token)).ConfigureAwait(false);
        cut.Cancel();
        stopping.ThrowIfCancellationRequested();
    }

    private async Task<int> RecordAsync(IReadOnlyList<XsoarEntry> entries)
    {
        var fresh = entries.Where(entry => !_seen.ContainsKey(entry.Id)).ToList();
        if (fresh.Count == 0)
            return 0;
        var floor = _chatFloor();
        var lines = fresh
            .Where(entry => EntryFilter.IsCarried(entry, _mirror.Type))
            .SelectMany(entry => LinesOf(entry, floor))
            .ToList();
        var newest = Math.Max(_cursor, _clock.Newest(fresh)?.UtcTicks ?? 0);
        await _pump.RecordAsync(lines, ReadPosition.WarRoom(newest)).ConfigureAwait(false);
        Interlocked.Exchange(ref _cursor, newest);
        Remember(fresh);
        return fresh.Count;
    }

    private IEnumerable<DeliveryRecord> LinesOf(XsoarEntry entry, string? floor) =>
        _translator.Translate(entry).Select((text, part) => new DeliveryRecord
        {
            MirrorId = _mirror.Id,
            Direction = DeliveryDirection.ToChat,
            SourceId = entry.Id,
            Part = part,
            SourceAt = TimeOf(entry).ToUnixTimeMilliseconds(),
            Floor = floor,
            Payload = new WarRoomLine { Text = text }.ToJson(),
        });

    private DateTimeOffset TimeOf(XsoarEntry entry)
    {
        if (!IsTimeless(entry))
            return entry.Created;
        return _cursor > 0 ? new DateTimeOffset(_cursor, TimeSpan.Zero) : _context.Time.GetUtcNow();
    }

    private static bool IsTimeless(XsoarEntry entry) => entry.Created == DateTimeOffset.MinValue;

    // Only a memory of what the overlap brings again; what is forgotten here the store still knows.
    private void Remember(List<XsoarEntry> entries)
    {
        foreach (var entry in entries)
            _seen[entry.Id] = entry.Created.UtcTicks;
        var oldest = _cursor - (2 * _context.Options.WarRoomOverlap.Ticks);
        if (_seen.Count > 5000)
        {
            foreach (var old in _seen.Where(seen => seen.Value < oldest).Select(seen => seen.Key).ToList())
                _seen.Remove(old);
        }
    }
}
