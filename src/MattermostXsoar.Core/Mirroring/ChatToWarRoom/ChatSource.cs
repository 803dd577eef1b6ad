using System.Globalization;
using System.Threading.Channels;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// The chat side of one mirror: takes posts, edits and deletions as they are published and has them recorded. Whenever
/// some may have been missed - at the start, after a gap in the events, when its own queue overflows - it lets go of
/// what waits and reads the channel; the unique key of a line makes it harmless to meet a post twice.
/// </summary>
internal sealed class ChatSource
{
    private const string Part = "ReadChat";

    // Some seconds of what a busy server can publish; an overflow costs the reading of the channel.
    private const int QueueLength = 8192;
    private const int MostPerRecord = 256;

    private readonly MirrorContext _context;
    private readonly MirrorHealth _health;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryWorker _pump;
    private readonly PostRecorder _recorder;
    private readonly ChannelCatchUp _catchUp;
    private readonly AsyncSignal _signal = new();
    private readonly Channel<PostEvent> _queue = Channel.CreateBounded<PostEvent>(
        new BoundedChannelOptions(QueueLength)
        {
            SingleReader = true,
            SingleWriter = false,
            FullMode = BoundedChannelFullMode.Wait,
        }
    );

    // 1 while posts may have been missed and the reading that makes up for it has not begun: what comes meanwhile is
    // part of that reading, and must not overtake what was missed.
    private int _gap = 1;

    private readonly WorkSequence _readings = new();
    private volatile bool _isPaused;

    public ChatSource(MirrorContext context, MirrorHealth health, DeliveryWorker pump, Func<long> warRoomFloor)
    {
        _context = context;
        _health = health;
        _mirror = health.Mirror;
        _pump = pump;
        _recorder = new PostRecorder(context, health, pump, warRoomFloor, Part);
        _catchUp = new ChannelCatchUp(context, _mirror, _recorder);
    }

    /// <summary>Raised when a reading has made up for a gap, or cannot until something outside changes.</summary>
    public event Action? CaughtUp;

    /// <summary>True while posts may have been missed and are being read. A paused mirror does not count: it may stay
    /// so for days.</summary>
    public bool IsCatchingUp => _mirror.CarriesChat && _readings.IsOpen && !_isPaused;

    /// <summary>Where a look-up in the channel has to begin to find a post made from now on.</summary>
    public string? AnchorId => _recorder.AnchorId;

    /// <summary>The newest post's create_at that was recorded (ms).</summary>
    public long NewestAt => _recorder.NewestAt;

    /// <summary>Takes what was published of a post; never waits. Called by one thread.</summary>
    public void Offer(PostEvent post)
    {
        if (Volatile.Read(ref _gap) == 1)
            return;
        if (!_queue.Writer.TryWrite(post))
        {
            _context.Log.Warning(
                ListenerLogEvents.ChatQueueFull,
                "Posts come faster than they can be recorded; they will be read from the channel instead.",
                _health.Identity
            );
            NoteGap();
            return;
        }

        _signal.Set();
    }

    /// <summary>Posts may have been missed: the channel is read from the anchor on.</summary>
    /// <returns>The reading's number, for <see cref="WhenReadAsync"/>.</returns>
    public long NoteGap()
    {
        var reading = _readings.Ask();
        Volatile.Write(ref _gap, 1);
        _signal.Set();
        return reading;
    }

    /// <summary>Waits until the reading that <see cref="NoteGap"/> asked for is done.</summary>
    public Task WhenReadAsync(long reading, CancellationToken cancellationToken) =>
        _mirror.CarriesChat ? _readings.WhenFinishedAsync(reading, cancellationToken) : Task.CompletedTask;

    public async Task RunAsync(CancellationToken stopping)
    {
        var rests = new Backoff(_context.Options.FirstRestart, _context.Options.LongestRestart, _context.Random);
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                await TakeAllAsync(stopping).ConfigureAwait(false);
                rests.Reset();
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // The posts at hand are not recorded: they are read from the channel again.
                await _health.CrashedAsync(Part, exception).ConfigureAwait(false);
                _isPaused = true;
                NoteGap();
                CaughtUp?.Invoke();
                await _context.Time.Delay(rests.Next(), stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeAllAsync(CancellationToken stopping)
    {
        var posts = new List<PostEvent>(MostPerRecord);
        while (true)
        {
            posts.Clear();
            while (posts.Count < MostPerRecord && _queue.Reader.TryRead(out var post))
                posts.Add(post);
            if (posts.Count > 0)
                await TakeAsync(posts, stopping).ConfigureAwait(false);
            else if (Volatile.Read(ref _gap) == 1)
                await CatchUpPatientlyAsync(stopping).ConfigureAwait(false);
            else
                return;
        }
    }

    private async Task TakeAsync(List<PostEvent> posts, CancellationToken stopping)
    {
        await _recorder.RecordAsync(posts, posts.Max(post => post.At), stopping).ConfigureAwait(false);
        // The replies to a deleted post are gone with it, and no event tells of them. Most were carried with it; those
        // to what was said before the mirror began, or by this bot, have to be told of themselves.
        if (!posts.Exists(post => post is { Change: PostEventKind.Deleted, Post.RootId.Length: 0 }))
            return;
        try
        {
            await _catchUp.ReadChangesAsync(stopping).ConfigureAwait(false);
        }
        catch (MattermostXsoarException)
        {
            NoteGap();
        }
    }

    /// <summary>Reads the channel from the anchor on, once; errors are the caller's.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        // In this order: a gap noted in between is then read once too often; the other way round its asker would wait
        // for ever.
        Volatile.Write(ref _gap, 0);
        var asked = _readings.Asked;
        int found;
        var startedAt = _context.Time.GetTimestamp();
        try
        {
            found = await _catchUp.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Volatile.Write(ref _gap, 1);
            throw;
        }

        _isPaused = false;
        _pump.Recovery.Close();
        _readings.Finish(asked);
        await _health.SucceededAsync(Part).ConfigureAwait(false);
        if (found > 0)
        {
            _context.Log.Information(
                ListenerLogEvents.CaughtUp,
                string.Format(CultureInfo.InvariantCulture, "{0} lines were read from the channel.", found),
                _health.Identity,
                new()
                {
                    Direction = DeliveryDirection.ChatToWarRoom,
                    Count = found,
                    Duration = _context.Time.GetElapsedTime(startedAt),
                }
            );
        }

        CaughtUp?.Invoke();
    }

    private async Task CatchUpPatientlyAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(_context.Options, _context.Random);
        while (true)
        {
            try
            {
                await CatchUpAsync(stopping).ConfigureAwait(false);
                return;
            }
            catch (MattermostXsoarException exception)
            {
                var wait = backoff.Next();
                if (FailurePolicy.Judge(exception) == FailureAction.Pause)
                {
                    await _health.PauseAsync(Part, exception).ConfigureAwait(false);
                    wait = _context.Options.PausedRetry;
                    _isPaused = true;
                    CaughtUp?.Invoke();
                }
                else
                {
                    await _health.TroubledAsync(Part, exception).ConfigureAwait(false);
                }

                await _context.Time.Delay(wait, stopping).ConfigureAwait(false);
            }
        }
    }
}
