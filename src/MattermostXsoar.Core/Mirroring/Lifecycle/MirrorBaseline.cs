using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Finds the positions of both sides when a mirror starts. Earlier messages are not mirrored; the newest of them are
/// recorded as seen, since the overlaps of later readings include them again.
/// </summary>
internal sealed class MirrorBaseline(MattermostAccess mattermost, XsoarAccess xsoar, MirrorRuntime runtime)
{
    private const int PageSize = 200;

    private readonly WarRoomReader _reader = new(xsoar.Client, xsoar.PageLimit);

    public async Task<(MirrorRecord Mirror, IReadOnlyList<DeliveryRecord> Seen)> PositionAsync(
        MirrorRecord wanted,
        MirrorRecord? previous,
        CancellationToken cancellationToken
    )
    {
        // A closed one too: when its investigation is reopened, it goes on from its position by itself, unless it is
        // started before it noticed that.
        var continues = previous is { State: not MirrorState.Stopped };
        var seen = new List<DeliveryRecord>();
        var mirror = wanted;
        if (continues && previous!.MirrorsChat)
            mirror = mirror with
            {
                ChatAnchorId = previous.ChatAnchorId,
                ChatAnchorAt = previous.ChatAnchorAt,
                ChatChangedAt = previous.ChatChangedAt,
            };
        else
            mirror = await PositionChatAsync(mirror, seen, cancellationToken).ConfigureAwait(false);
        if (continues && previous!.MirrorsWarRoom)
        {
            mirror = mirror with { WarRoomCursor = previous.WarRoomCursor, WarRoomSince = SinceOf(previous, wanted) };
            if (previous.Type != wanted.Type)
                seen.AddRange(await NotMirroredBeforeAsync(previous, cancellationToken).ConfigureAwait(false));
        }
        else
            mirror = await PositionWarRoomAsync(mirror, seen, cancellationToken).ConfigureAwait(false);
        return (mirror, seen);
    }

    // With another type, earlier entries that the previous type did not mirror are not new.
    private static long SinceOf(MirrorRecord previous, MirrorRecord wanted) =>
        previous.Type == wanted.Type ? previous.WarRoomSince : Math.Max(previous.WarRoomSince, previous.WarRoomCursor);

    // The overlap of the next reading includes the newest of them again.
    private async Task<IEnumerable<DeliveryRecord>> NotMirroredBeforeAsync(
        MirrorRecord previous,
        CancellationToken cancellationToken
    )
    {
        if (previous.WarRoomCursor == 0)
            return [];
        var cursor = new DateTimeOffset(previous.WarRoomCursor, TimeSpan.Zero);
        var room = await _reader
            .ReadAsync(previous.InvestigationId, cursor - runtime.Options.WarRoomOverlap, cancellationToken)
            .ConfigureAwait(false);
        return room
            .Entries.Where(entry => entry.Created <= cursor && !EntryFilter.IsMirrored(entry, previous.Type))
            .Select(SeenEntry);
    }

    private async Task<MirrorRecord> PositionChatAsync(
        MirrorRecord mirror,
        List<DeliveryRecord> seen,
        CancellationToken cancellationToken
    )
    {
        var overlap = (long)runtime.Options.ChatOverlap.TotalMilliseconds;
        var lookBack = (long)runtime.Options.ChatLookBack.TotalMilliseconds;
        long newest = 0;
        MattermostPost? anchor = null;
        for (var page = 0; ; page++)
        {
            var posts = await mattermost
                .Bot.Posts.ListAsync(mirror.ChannelId, page, PageSize, cancellationToken)
                .ConfigureAwait(false);
            if (posts.Ascending.Count > 0 && page == 0)
            {
                newest = posts.Ascending[posts.Ascending.Count - 1].CreateAtMs;
                mirror = mirror with { ChatChangedAt = posts.Ascending.Max(post => post.UpdateAtMs) };
            }

            // As far back as readings go: an unknown post that is found there was written later, by a clock that was
            // set back.
            seen.AddRange(
                posts.Ascending.Where(post => post.CreateAtMs >= newest - overlap - lookBack).Select(SeenPost)
            );
            // The newest post that is older by at least the overlap: a reading begins there.
            anchor ??= posts.Ascending.LastOrDefault(post => post.CreateAtMs < newest - overlap);
            if (posts.RawOrder.Count == PageSize && posts.Ascending[0].CreateAtMs >= newest - overlap - lookBack)
                continue;
            if (anchor is not null)
                return mirror with { ChatAnchorId = anchor.Id, ChatAnchorAt = anchor.CreateAtMs };
            var oldest = seen.Where(delivery => delivery.Direction == DeliveryDirection.ChatToWarRoom)
                .OrderBy(delivery => delivery.SourceAt)
                .FirstOrDefault();
            return mirror with { ChatAnchorId = oldest?.SourceId, ChatAnchorAt = oldest?.SourceAt ?? 0 };
        }
    }

    private async Task<MirrorRecord> PositionWarRoomAsync(
        MirrorRecord mirror,
        List<DeliveryRecord> seen,
        CancellationToken cancellationToken
    )
    {
        var room = await _reader.ReadAsync(mirror.InvestigationId, null, cancellationToken).ConfigureAwait(false);
        if (room.Entries.Count == 0)
            return mirror with { WarRoomCursor = 0 };
        // If all are from the future, the oldest: those after it are recorded as seen.
        var newest = new ClockSkewGuard(runtime.Time).Newest(room.Entries) ?? room.Entries[0].Created;
        // As far back as readings go: an unknown entry that is found there was written later, by a clock that was set
        // back.
        var since = newest.UtcTicks - (runtime.Options.EditWindow + runtime.Options.WarRoomOverlap).Ticks;
        seen.AddRange(room.Entries.Where(entry => entry.Created.UtcTicks >= since).Select(SeenEntry));
        return mirror with { WarRoomCursor = newest.UtcTicks, WarRoomSince = Math.Max(1, since) };
    }

    private static DeliveryRecord SeenPost(MattermostPost post) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = post.Id,
            SourceAt = post.CreateAtMs,
        };

    private static DeliveryRecord SeenEntry(XsoarEntry entry) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = entry.Id,
            SourceAt = entry.Created.ToUnixTimeMilliseconds(),
        };
}
