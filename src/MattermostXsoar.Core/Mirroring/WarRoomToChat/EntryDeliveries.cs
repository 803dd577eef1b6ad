using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Makes deliveries for the chat of entries. An entry may be new, or changed since it was mirrored; both are passed to
/// the store, which records what it does not know. Marking, tagging and pinning change an entry too, so its text is
/// compared.
/// </summary>
internal sealed class EntryDeliveries(StateStore store, MirrorRuntime runtime, MirrorRecord mirror)
{
    private readonly PostFormatter _formatter = new(
        new MentionGuard(runtime.Options.AllowedMentions.Concat(mirror.AllowedMentions))
    );

    /// <summary>The deliveries, in order.</summary>
    /// <param name="entry">The entry as it is now.</param>
    /// <param name="mayBeNew">
    /// False for one that is known or from before the mirror began: only its changes count.
    /// </param>
    /// <param name="at">When it was written.</param>
    /// <param name="lookupStart">Where a look-up in the channel has to begin.</param>
    public IEnumerable<DeliveryRecord> Of(XsoarEntry entry, bool mayBeNew, DateTimeOffset at, LookupStart lookupStart)
    {
        if (entry.Deleted)
            return Deletions(entry, at, lookupStart);
        var isChanged = RevisionOf(entry) > 0;
        if ((!mayBeNew && !isChanged) || !EntryFilter.IsMirrored(entry, mirror.Type))
            return [];
        // Somebody may have removed the footer of an entry that came from the chat; a server may not keep the comment
        // of a file.
        if ((isChanged || entry.File.Length > 0) && store.IsOurs(mirror.Id, DeliveryDirection.ChatToWarRoom, entry.Id))
            return [];
        var texts = _formatter.Format(entry);
        var deliveries = texts.Select((text, part) => Delivery(entry, part, text, at, lookupStart)).ToList();
        return (mayBeNew ? deliveries : []).Concat(isChanged ? Edits(entry, deliveries) : []);
    }

    // 0 for an entry as it was first written.
    private static long RevisionOf(XsoarEntry entry) =>
        entry.Modified > entry.Created && entry.Created != DateTimeOffset.MinValue ? entry.Modified.UtcTicks
        : entry.Version > 1 ? entry.Version
        : 0;

    private IEnumerable<DeliveryRecord> Edits(XsoarEntry entry, List<DeliveryRecord> deliveries)
    {
        var edits = deliveries.Select(delivery =>
            delivery with
            {
                Kind = DeliveryKind.Edit,
                Revision = delivery.Version,
            }
        );
        var parts = store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, entry.Id);
        // It is shorter now: posts that are left over are deleted.
        var surplus = Enumerable
            .Range(deliveries.Count, Math.Max(0, parts - deliveries.Count))
            .Select(part =>
                deliveries[0] with
                {
                    Part = part,
                    Kind = DeliveryKind.Deletion,
                    Revision = deliveries[0].Version,
                    Payload = "",
                }
            );
        return edits.Concat(surplus);
    }

    private IEnumerable<DeliveryRecord> Deletions(XsoarEntry entry, DateTimeOffset at, LookupStart lookupStart)
    {
        var parts = store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, entry.Id);
        return Enumerable
            .Range(0, parts)
            .Select(part =>
                Delivery(entry, part, part == 0 ? _formatter.FormatDeletion(entry) : "", at, lookupStart) with
                {
                    Kind = DeliveryKind.Deletion,
                    Revision = DeliveryRecord.Deleted,
                    Version = DeliveryRecord.Deleted,
                    Digest = null,
                }
            );
    }

    // The first post has the file.
    private static EntryPayload PayloadOf(XsoarEntry entry, int part, string text) =>
        part > 0 || entry.Deleted || entry.File.Length == 0
            ? new EntryPayload { Text = text }
            : new EntryPayload
            {
                Text = text,
                FileEntryId = entry.Id,
                FileName = entry.File,
                FileSize = entry.FileMetadata?.Size ?? 0,
            };

    private DeliveryRecord Delivery(
        XsoarEntry entry,
        int part,
        string text,
        DateTimeOffset at,
        LookupStart lookupStart
    ) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = entry.Id,
            Part = part,
            SourceAt = at.ToUnixTimeMilliseconds(),
            LookupStart = lookupStart,
            Payload = PayloadOf(entry, part, text).ToJson(),
            Version = RevisionOf(entry),
            Digest = TextDigest.Of(entry.File + "\n" + entry.Contents),
        };
}
