using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Records what happened in one mirror's channel, with how far the channel has been read, and passes it to the delivery
/// worker. Used by one task at a time.
/// </summary>
internal sealed class PostRecorder
{
    private readonly MirrorRuntime _runtime;
    private readonly DeliveryWorker _worker;
    private readonly Func<LookupStart> _lookupStart;
    private readonly PostDeliveries _deliveries;
    private readonly AnchorTracker _anchor;
    private readonly RetryLoop _retry;

    /// <param name="mattermost">Identifies the bot's posts.</param>
    /// <param name="runtime">Clock and intervals.</param>
    /// <param name="health">The mirror's health.</param>
    /// <param name="worker">Delivers into the War Room.</param>
    /// <param name="annotations">What people may attach to a post.</param>
    /// <param name="lookupStart">Where a look-up in the War Room has to begin from now on.</param>
    public PostRecorder(
        MattermostAccess mattermost,
        MirrorRuntime runtime,
        MirrorHealth health,
        DeliveryWorker worker,
        IReadOnlyList<IPostAnnotation> annotations,
        Func<LookupStart> lookupStart
    )
    {
        _runtime = runtime;
        _worker = worker;
        _lookupStart = lookupStart;
        _deliveries = new PostDeliveries(mattermost, health.Mirror, annotations);
        _anchor = new AnchorTracker(
            health.Mirror.ChatAnchorId,
            health.Mirror.ChatAnchorAt,
            runtime.Options.ChatOverlap
        );
        _retry = new RetryLoop(runtime, new HealthReporter(health, MirrorPart.ChatSource));
        ChangedAt = health.Mirror.ChatChangedAt;
    }

    /// <summary>Where a reading of the channel begins.</summary>
    public string? AnchorId => _anchor.AnchorId;

    /// <summary>The anchor's create_at (ms).</summary>
    public long AnchorAt => _anchor.AnchorAt;

    /// <summary>The newest post's create_at that was recorded (ms).</summary>
    public long NewestAt => _anchor.NewestAt;

    /// <summary>When posts were recorded last, by the time provider's time stamp; null when none were yet.</summary>
    public long? SeenAt { get; private set; }

    /// <summary>The time up to which every edit and deletion is known (ms).</summary>
    public long ChangedAt { get; private set; }

    /// <summary>Records what happened, in that order.</summary>
    /// <param name="events">What happened.</param>
    /// <param name="changesUpTo">The time up to which edits and deletions are known with this; 0 if not known.</param>
    /// <param name="cancellationToken">Ends the wait for a store that cannot be written to.</param>
    /// <returns>How many deliveries were new.</returns>
    public async Task<int> RecordAsync(
        IReadOnlyList<PostEvent> events,
        long changesUpTo,
        CancellationToken cancellationToken
    )
    {
        var lookupStart = _lookupStart();
        var deliveries = events.SelectMany(post => _deliveries.Of(post, lookupStart)).ToList();
        // Only now: if a post cannot be made a delivery, the anchor must not move past those before it.
        foreach (var post in events.Where(post => post.Kind == PostEventKind.Created))
            _anchor.Observe(post.Post.Id, post.Post.CreateAtMs);
        SeenAt = _runtime.Time.GetTimestamp();
        if (changesUpTo > ChangedAt)
            ChangedAt = changesUpTo;
        if (deliveries.Count == 0)
            return 0;
        return await RecordAsync(deliveries, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records, once, that posts were hidden before they could be read.</summary>
    /// <param name="hidden">The posts.</param>
    /// <param name="since">The time up to which the channel was read before (ms).</param>
    /// <param name="cancellationToken">Ends the wait for a store that cannot be written to.</param>
    public Task RecordHiddenAsync(HiddenPosts hidden, long since, CancellationToken cancellationToken) =>
        RecordAsync([_deliveries.OfHidden(hidden, AnchorId, since, _lookupStart())], cancellationToken);

    private async Task<int> RecordAsync(IReadOnlyList<DeliveryRecord> deliveries, CancellationToken cancellationToken)
    {
        // The posts stay here until they are stored; what comes meanwhile waits in the queue or becomes a gap.
        var added = await _retry
            .RunAsync(
                () => _worker.RecordAsync(deliveries, ReadPosition.Chat(_anchor.AnchorId, _anchor.AnchorAt, ChangedAt)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return added.Count;
    }
}
