using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The War Room's side of one mirror: reads it when it changed or may have changed, and has what is new recorded. Each
/// reading begins some time before the newest entry it knows, for entries that appear late.
/// </summary>
internal sealed class WarRoomSource
{
    private const long NotKnown = long.MaxValue;

    private readonly XsoarAccess _xsoar;
    private readonly MirrorRuntime _runtime;
    private readonly MirrorHealth _health;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryWorker _deliveries;
    private readonly WarRoomReader _reader;
    private readonly EntryRecorder _recorder;
    private readonly RetryLoop _retry;
    private readonly AsyncSignal _signal = new();
    private readonly WorkSequence _readings = new();
    private readonly PollWindow _window;
    private bool _hasRead;

    // When the investigation last changed, as the search showed it since the last reading (ticks, XSOAR's clock).
    private long _changedAt = NotKnown;

    /// <param name="xsoar">Where the War Room is read.</param>
    /// <param name="store">What is known of the War Room.</param>
    /// <param name="runtime">Clock, intervals and log.</param>
    /// <param name="health">The mirror's health.</param>
    /// <param name="deliveries">Delivers into the channel.</param>
    /// <param name="lookupStart">Where a look-up in the channel has to begin from now on.</param>
    /// <param name="postSize">The most characters in a post of the channel now.</param>
    public WarRoomSource(
        XsoarAccess xsoar,
        StateStore store,
        MirrorRuntime runtime,
        MirrorHealth health,
        DeliveryWorker deliveries,
        Func<LookupStart> lookupStart,
        Func<int> postSize
    )
    {
        _xsoar = xsoar;
        _runtime = runtime;
        _health = health;
        _mirror = health.Mirror;
        _deliveries = deliveries;
        _reader = new WarRoomReader(xsoar.Client, xsoar.PageLimit);
        _recorder = new EntryRecorder(store, runtime, _mirror, deliveries, lookupStart, postSize);
        _retry = new RetryLoop(runtime, new HealthReporter(health, MirrorPart.WarRoomSource));
        _window = new PollWindow(runtime.Options, runtime.Time);
    }

    /// <summary>
    /// Raised after a reading that found new or changed entries, with how many deliveries were recorded for them: none
    /// for entries that came from the chat.
    /// </summary>
    public event Action<int>? Found;

    /// <summary>The newest entry's time that was recorded (ticks, XSOAR's clock).</summary>
    public long Cursor => _recorder.Cursor;

    /// <summary>The number of the newest reading that was requested.</summary>
    public long NewestReading => _readings.Newest;

    /// <summary>True while a reading that was requested is not finished.</summary>
    public bool IsReading => _readings.HasUnfinished;

    /// <summary>The War Room may have changed: has it read.</summary>
    /// <param name="whole">Whether to look for everything that may have appeared late or been changed.</param>
    /// <param name="changedAt">When the investigation changed, if the search showed that.</param>
    /// <returns>The reading's number, for <see cref="WhenReadAsync"/>.</returns>
    public long NoteChange(bool whole = false, DateTimeOffset? changedAt = null)
    {
        if (whole)
            _window.RequestDeep();
        if (changedAt is { } at)
            NoteChangedAt(at.UtcTicks);
        var reading = _readings.Next();
        _signal.Set();
        return reading;
    }

    /// <summary>Waits until the reading that <see cref="NoteChange"/> requested is done.</summary>
    public Task WhenReadAsync(long reading, CancellationToken cancellationToken) =>
        _readings.WhenFinishedAsync(reading, cancellationToken);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await WaitAsync(stopping).ConfigureAwait(false);
            await _retry.RunAsync(() => ReadAsync(stopping), stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Reads once; the caller handles errors.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var reading = _readings.Newest;
        if (_mirror.MirrorsWarRoom)
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

        _deliveries.Recovery.Close();
        _readings.Finish(reading);
    }

    private async Task ReadAsync(TimeSpan overlap, CancellationToken cancellationToken)
    {
        using var turn = await _xsoar.ReadLimit.EnterAsync(cancellationToken).ConfigureAwait(false);
        var changedAt = Interlocked.Exchange(ref _changedAt, NotKnown);
        try
        {
            var from = _recorder.ReadFrom(_window, overlap, changedAt);
            await ReadAsync(from, changedAt, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            NoteChangedAt(changedAt);
            throw;
        }
    }

    private async Task ReadAsync(DateTimeOffset? from, long changedAt, CancellationToken cancellationToken)
    {
        var startedAt = _runtime.Time.GetTimestamp();
        var room = await _reader.ReadAsync(_mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        IEnumerable<XsoarEntry> entries = room.Entries;
        if (from is { } time && _recorder.Missing(time, room.Entries) is { Count: > 0 } missing)
        {
            var deleted = await DeletedEntryReader
                .FindAsync(_xsoar.Client, _mirror.InvestigationId, time, missing, cancellationToken)
                .ConfigureAwait(false);
            _recorder.LeaveUnexplained(missing.Except(deleted.Select(entry => entry.Id)));
            entries = entries.Concat(deleted);
        }

        var (changed, recorded) = await _recorder
            .RecordAsync(entries.ToList(), from, room.MayLackOldest)
            .ConfigureAwait(false);
        await _health.SucceededAsync(MirrorPart.WarRoomSource).ConfigureAwait(false);
        LogRead(recorded, startedAt);
        if (changed > 0)
            Found?.Invoke(recorded);
        // What was found need not be all that changed: an edit adds no new entry, and a clock that was set may hide
        // one.
        if (changed > 0 || changedAt != NotKnown)
            _window.ScheduleDeep();
    }

    // The first reading finds what was written while nobody listened.
    private void LogRead(int recorded, long startedAt)
    {
        var isFirst = !_hasRead;
        _hasRead = true;
        var isCatchUp = isFirst && recorded > 0;
        if (!isCatchUp && !_runtime.Log.IsVerbose)
            return;
        _runtime.Log.Write(
            isCatchUp ? ListenerLogLevel.Information : ListenerLogLevel.Verbose,
            isCatchUp ? ListenerLogEvents.CaughtUp : ListenerLogEvents.WarRoomRead,
            $"{recorded} {(isCatchUp ? "" : "new ")}entries were read from the War Room.",
            _health.Identity,
            new()
            {
                Direction = DeliveryDirection.WarRoomToChat,
                Count = recorded,
                Duration = _runtime.Time.GetElapsedTime(startedAt),
            }
        );
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
        await Task.WhenAny(_signal.WaitAsync(cut.Token), _runtime.Time.Delay(due, cut.Token)).ConfigureAwait(false);
        cut.Cancel();
        stopping.ThrowIfCancellationRequested();
    }

    private void NoteChangedAt(long ticks)
    {
        long known;
        while (
            ticks < (known = Interlocked.Read(ref _changedAt))
            && Interlocked.CompareExchange(ref _changedAt, ticks, known) != known
        ) { }
    }
}
