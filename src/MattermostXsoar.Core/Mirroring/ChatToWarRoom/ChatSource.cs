using System.Globalization;
using System.Threading.Channels;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// The chat side of one mirror: takes posts, edits and deletions as they are published and has them recorded. Whenever
/// some may have been missed - at the start, after a gap in the events, when its own queue overflows - it reads the
/// channel; a delivery's unique key makes it harmless to read a post twice.
/// </summary>
internal sealed class ChatSource
{
    // What a busy server can publish in some seconds; after an overflow the channel is read.
    private const int QueueLength = 8192;
    private const int MaxPerRecord = 256;

    private readonly MirrorRuntime _runtime;
    private readonly MirrorHealth _health;
    private readonly MirrorRecord _mirror;
    private readonly DeliveryWorker _deliveries;
    private readonly PostRecorder _recorder;
    private readonly ChannelCatchUp _catchUp;
    private readonly RetryLoop _retry;
    private readonly AsyncSignal _signal = new();
    private readonly Channel<PostEvent> _queue = Channel.CreateBounded<PostEvent>(
        new BoundedChannelOptions(QueueLength)
        {
            SingleReader = true,
            SingleWriter = false,
            FullMode = BoundedChannelFullMode.Wait,
        }
    );

    // 1 while posts may have been missed and the channel has not been read since: what comes meanwhile is part of that
    // reading, and must not overtake what was missed.
    private int _gap = 1;

    private readonly WorkSequence _readings = new();
    private volatile bool _isPaused;

    // A try failed: what is in the queue is newer than what is missing now, and must not overtake it.
    private bool _mustReadFirst;
    private long _comparedAt;

    /// <param name="mattermost">Where the channel is read.</param>
    /// <param name="store">What is known of the channel.</param>
    /// <param name="runtime">Clock, intervals and log.</param>
    /// <param name="health">The mirror's health.</param>
    /// <param name="deliveries">Delivers into the War Room.</param>
    /// <param name="annotations">What people may attach to a post.</param>
    /// <param name="lookupStart">Where a look-up in the War Room has to begin from now on.</param>
    public ChatSource(
        MattermostAccess mattermost,
        StateStore store,
        MirrorRuntime runtime,
        MirrorHealth health,
        DeliveryWorker deliveries,
        IReadOnlyList<IPostAnnotation> annotations,
        Func<LookupStart> lookupStart
    )
    {
        _runtime = runtime;
        _health = health;
        _mirror = health.Mirror;
        _deliveries = deliveries;
        _recorder = new PostRecorder(mattermost, runtime, health, deliveries, annotations, lookupStart);
        _catchUp = new ChannelCatchUp(mattermost, store, runtime, _mirror, _recorder);
        _retry = new RetryLoop(runtime, new HealthReporter(health, MirrorPart.ChatSource));
    }

    /// <summary>Raised when a gap has been read, or cannot be read until something outside changes.</summary>
    public event Action? CaughtUp;

    /// <summary>
    /// True while posts may have been missed and are being read. A paused mirror does not count: it may stay paused for
    /// days.
    /// </summary>
    public bool IsCatchingUp => _mirror.MirrorsChat && _readings.HasUnfinished && !_isPaused;

    /// <summary>Where a look-up in the channel has to begin to find a post made from now on.</summary>
    public string? AnchorId => _recorder.AnchorId;

    /// <summary>The newest post's create_at that was recorded (ms).</summary>
    public long NewestAt => _recorder.NewestAt;

    /// <summary>Takes a published event of a post; never waits. Called by one thread.</summary>
    public void Offer(PostEvent post)
    {
        if (Volatile.Read(ref _gap) == 1)
            return;
        if (!_queue.Writer.TryWrite(post))
        {
            _runtime.Log.Warning(
                ListenerLogEvents.ChatQueueFull,
                "Posts arrive faster than they can be recorded; they are read from the channel instead.",
                _health.Identity
            );
            NoteGap();
            return;
        }

        _signal.Set();
    }

    /// <summary>Posts may have been missed: has the channel read after the anchor.</summary>
    /// <returns>The reading's number, for <see cref="WhenReadAsync"/>.</returns>
    public long NoteGap()
    {
        var reading = _readings.Next();
        Volatile.Write(ref _gap, 1);
        _signal.Set();
        return reading;
    }

    /// <summary>
    /// Compares the channel's newest post with what was recorded: a newer one is a gap. One that was deleted before it
    /// was read is not found, however often the channel is read, so each counts once.
    /// </summary>
    /// <param name="lastPostAt">When the channel's newest post was written (ms), as the server shows it.</param>
    /// <param name="newestAt">The value of <see cref="NewestAt"/> before the call to the server.</param>
    public void Compare(long lastPostAt, long newestAt)
    {
        if (!_mirror.MirrorsChat || IsCatchingUp || lastPostAt <= newestAt || lastPostAt == _comparedAt)
            return;
        _comparedAt = lastPostAt;
        NoteGap();
    }

    /// <summary>Waits until the reading that <see cref="NoteGap"/> requested is done.</summary>
    public Task WhenReadAsync(long reading, CancellationToken cancellationToken) =>
        _mirror.MirrorsChat ? _readings.WhenFinishedAsync(reading, cancellationToken) : Task.CompletedTask;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            await _retry.RunAsync(() => TryTakeAllAsync(stopping), stopping).ConfigureAwait(false);
        }
    }

    private async Task TryTakeAllAsync(CancellationToken stopping)
    {
        try
        {
            await TakeAllAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (!RetryLoop.IsStop(exception, stopping))
        {
            if (FailurePolicy.Judge(exception) is FailureAction.Pause or FailureAction.Restart)
            {
                _isPaused = true;
                CaughtUp?.Invoke();
            }

            // The posts taken from the queue may not be recorded: they are read from the channel again.
            _mustReadFirst = true;
            if (Volatile.Read(ref _gap) == 0)
                NoteGap();
            throw;
        }
    }

    private async Task TakeAllAsync(CancellationToken stopping)
    {
        var posts = new List<PostEvent>(MaxPerRecord);
        while (true)
        {
            posts.Clear();
            if (_health.IsClosed)
            {
                RestWhileClosed();
                return;
            }

            while (!_mustReadFirst && posts.Count < MaxPerRecord && _queue.Reader.TryRead(out var post))
                posts.Add(post);
            if (posts.Count > 0)
                await TakeAsync(posts, stopping).ConfigureAwait(false);
            else if (Volatile.Read(ref _gap) == 1)
                await CatchUpAsync(stopping).ConfigureAwait(false);
            else
                return;
        }
    }

    // What is posted while the investigation is closed is read when it is reopened.
    private void RestWhileClosed()
    {
        Volatile.Write(ref _gap, 1);
        while (_queue.Reader.TryRead(out _)) { }
        _readings.Finish(_readings.Newest);
        CaughtUp?.Invoke();
    }

    private async Task TakeAsync(List<PostEvent> posts, CancellationToken stopping)
    {
        if (posts.Exists(post => post.Kind == PostEventKind.Annotated))
            posts = await ReadAnnotatedAsync(posts, stopping).ConfigureAwait(false);
        if (posts.Count == 0)
            return;
        await _recorder.RecordAsync(posts, posts.Max(post => post.At), stopping).ConfigureAwait(false);
        // The replies to a deleted post are deleted with it, without an event. For most of them its entry is enough;
        // for those to posts from before the mirror began, or by this bot, entries of their own are needed.
        if (!posts.Exists(post => post is { Kind: PostEventKind.Deleted, Post.RootId.Length: 0 }))
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

    // The state of a post counts, not the events, of which several may come for one state: each post is read once.
    private async Task<List<PostEvent>> ReadAnnotatedAsync(List<PostEvent> posts, CancellationToken stopping)
    {
        var read = new List<PostEvent>(posts.Count);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var post in posts)
        {
            if (post.Kind != PostEventKind.Annotated)
                read.Add(post);
            else if (
                known.Add(post.Post.Id)
                && await _catchUp.ReadPostAsync(post.Post.Id, stopping).ConfigureAwait(false) is { } found
            )
                read.Add(new PostEvent(PostEventKind.Updated, found));
        }

        return read;
    }

    /// <summary>Reads the channel after the anchor, once; the caller handles errors.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        // In this order: a gap noted in between is then read once more than needed; in the other order, who waits for
        // its reading would wait for ever.
        Volatile.Write(ref _gap, 0);
        var reading = _readings.Newest;
        int found;
        var startedAt = _runtime.Time.GetTimestamp();
        try
        {
            found = await _catchUp.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Volatile.Write(ref _gap, 1);
            throw;
        }

        (_isPaused, _mustReadFirst) = (false, false);
        _deliveries.Recovery.Close();
        _readings.Finish(reading);
        await _health.SucceededAsync(MirrorPart.ChatSource).ConfigureAwait(false);
        if (found > 0)
        {
            _runtime.Log.Information(
                ListenerLogEvents.CaughtUp,
                string.Format(CultureInfo.InvariantCulture, "{0} messages were read from the channel.", found),
                _health.Identity,
                new()
                {
                    Direction = DeliveryDirection.ChatToWarRoom,
                    Count = found,
                    Duration = _runtime.Time.GetElapsedTime(startedAt),
                }
            );
        }

        CaughtUp?.Invoke();
    }
}
