using System.Globalization;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Records what was seen in one mirror's channel, with how far the channel has been read, and hands it to the pump.
/// Used by one thread at a time.
/// </summary>
internal sealed class PostRecorder
{
    private readonly MirrorContext _context;
    private readonly MirrorHealth _health;
    private readonly DeliveryWorker _pump;
    private readonly Func<long> _warRoomFloor;
    private readonly string _part;
    private readonly PostDeliveries _lines;
    private readonly AnchorTracker _anchor;

    /// <param name="context">What the mirror works with.</param>
    /// <param name="health">Where the mirror stands.</param>
    /// <param name="pump">What delivers into the War Room.</param>
    /// <param name="warRoomFloor">Where a look-up in the War Room has to begin from now on.</param>
    /// <param name="part">The part of the mirror that is held up when the store does not take a line.</param>
    public PostRecorder(
        MirrorContext context,
        MirrorHealth health,
        DeliveryWorker pump,
        Func<long> warRoomFloor,
        string part
    )
    {
        _context = context;
        _health = health;
        _pump = pump;
        _warRoomFloor = warRoomFloor;
        _part = part;
        _lines = new PostDeliveries(context, health.Mirror);
        _anchor = new AnchorTracker(
            health.Mirror.ChatAnchorId,
            health.Mirror.ChatAnchorAt,
            context.Options.ChatOverlap
        );
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

    /// <summary>Records what was seen, in that order.</summary>
    /// <param name="seen">The posts.</param>
    /// <param name="changesUpTo">The time up to which edits and deletions are known with this; 0 when it is not
    /// known.</param>
    /// <param name="cancellationToken">Ends the wait for a store that does not take it.</param>
    /// <returns>How many lines were new.</returns>
    public async Task<int> RecordAsync(
        IReadOnlyList<PostEvent> seen,
        long changesUpTo,
        CancellationToken cancellationToken
    )
    {
        var floor = _warRoomFloor().ToString(CultureInfo.InvariantCulture);
        var lines = seen.SelectMany(post => _lines.Of(post, floor)).ToList();
        // Only now: a post that cannot be made a line must not leave those before it behind the anchor.
        foreach (var post in seen.Where(post => post.Change == PostEventKind.Said))
            _anchor.Observe(post.Post.Id, post.Post.CreateAtMs);
        SeenAt = _context.Time.GetTimestamp();
        if (changesUpTo > ChangedAt)
            ChangedAt = changesUpTo;
        return lines.Count > 0 ? (await StoreAsync(lines, cancellationToken).ConfigureAwait(false)).Count : 0;
    }

    private async Task<IReadOnlyList<DeliveryRecord>> StoreAsync(
        List<DeliveryRecord> lines,
        CancellationToken cancellationToken
    )
    {
        var backoff = new Backoff(_context.Options, _context.Random);
        while (true)
        {
            try
            {
                return await _pump
                    .RecordAsync(lines, ReadPosition.Chat(_anchor.AnchorId, _anchor.AnchorAt, ChangedAt))
                    .ConfigureAwait(false);
            }
            catch (MattermostXsoarException exception)
            {
                // The posts stay here until the store takes them; what comes meanwhile waits in the queue or becomes a
                // gap.
                await _health.TroubledAsync(_part, exception).ConfigureAwait(false);
                await _context.Time.Delay(backoff.Next(), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
