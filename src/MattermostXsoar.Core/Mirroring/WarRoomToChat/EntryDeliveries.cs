using System.Globalization;
using MattermostXsoar.Core.Mirroring.Diagnostics;
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
internal sealed class EntryDeliveries(StateStore store, MirrorRuntime runtime, MirrorRecord mirror, Func<int> postSize)
{
    // The store keeps whole milliseconds.
    private const long SameTimeMs = 1;

    // Between the recording of a post and the time that the War Room gives its entry lie an outage and the difference
    // of two clocks.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

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
        var key = KeyOf(entry, at);
        if (entry.Deleted)
            return Deletions(entry, key, at, lookupStart);
        var isChanged = RevisionOf(entry) > 0;
        if ((!mayBeNew && !isChanged) || !EntryFilter.IsMirrored(entry, mirror.Type))
            return [];
        // Somebody may have removed the footer of an entry that came from the chat; a server may not keep the comment
        // of a file.
        if ((isChanged || entry.File.Length > 0) && IsOurs(entry))
            return [];
        if (mayBeNew && key != entry.Id)
            WarnOfReuse(entry, key, at);
        var texts = _formatter.Format(entry, postSize());
        var deliveries = texts.Select((text, part) => Delivery(entry, key, part, text, at, lookupStart)).ToList();
        return (mayBeNew ? deliveries : [])
            .Concat(isChanged ? Edits(key, deliveries) : [])
            .Concat(isChanged && entry.File.Length > 0 ? [LaterFile(entry, key, at, lookupStart)] : []);
    }

    /// <summary>
    /// The notice that the server returned its newest entries only, and those before them could not be read.
    /// </summary>
    /// <param name="first">The oldest entry that it returned.</param>
    /// <param name="cursor">The newest time that was read before (ticks).</param>
    /// <param name="returned">How many entries it returned.</param>
    /// <param name="lookupStart">Where a look-up in the channel has to begin.</param>
    public DeliveryRecord Gap(XsoarEntry first, long cursor, int returned, LookupStart lookupStart) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            Kind = DeliveryKind.Notice,
            Aspect = MessageAspect.Gap,
            SourceId = "before:" + first.Id,
            SourceAt = first.Created.ToUnixTimeMilliseconds(),
            LookupStart = lookupStart,
            Payload = new EntryPayload
            {
                Text = string.Format(
                    CultureInfo.InvariantCulture,
                    "Entries of the War Room between {0} and {1} may be missing here: XSOAR returned its newest {2:N0} "
                        + "only, and no way to those before.",
                    Utc(new DateTimeOffset(cursor, TimeSpan.Zero).ToUnixTimeMilliseconds()),
                    Utc(first.Created.ToUnixTimeMilliseconds()),
                    returned
                ),
            }.ToJson(),
        };

    // An entry keeps the time at which it was written, also when it is edited or deleted: one with another time is
    // another entry, to which a server that was restored or set up anew gave the same id.
    private string KeyOf(XsoarEntry entry, DateTimeOffset at)
    {
        if (
            entry.Created == DateTimeOffset.MinValue
            || store.SourceAt(mirror.Id, DeliveryDirection.WarRoomToChat, entry.Id) is not { } known
            || Math.Abs(at.ToUnixTimeMilliseconds() - known) <= SameTimeMs
        )
            return entry.Id;
        return EntryKey.Of(entry.Id, at.ToUnixTimeMilliseconds());
    }

    private void WarnOfReuse(XsoarEntry entry, string key, DateTimeOffset at)
    {
        if (store.SourceAt(mirror.Id, DeliveryDirection.WarRoomToChat, key) is not null)
            return;
        runtime.Log.Warning(
            ListenerLogEvents.EntryIdReused,
            $"XSOAR gave the id {entry.Id} of an earlier entry to another one, of "
                + $"{Utc(at.ToUnixTimeMilliseconds())}: both are mirrored. This happens when XSOAR was restored from a "
                + "backup or set up anew.",
            MirrorKey.Of(mirror)
        );
    }

    private bool IsOurs(XsoarEntry entry) =>
        store.IsOurs(
            mirror.Id,
            DeliveryDirection.ChatToWarRoom,
            entry.Id,
            entry.Created == DateTimeOffset.MinValue ? entry.Created : entry.Created - LongestDelay
        );

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // 0 for an entry as it was first written.
    private static long RevisionOf(XsoarEntry entry) =>
        entry.Modified > entry.Created && entry.Created != DateTimeOffset.MinValue ? entry.Modified.UtcTicks
        : entry.Version > 1 ? entry.Version
        : 0;

    private IEnumerable<DeliveryRecord> Edits(string key, List<DeliveryRecord> deliveries)
    {
        var edits = deliveries.Select(delivery =>
            delivery with
            {
                Kind = DeliveryKind.Edit,
                Revision = delivery.Version,
            }
        );
        var parts = store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, key);
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

    private IEnumerable<DeliveryRecord> Deletions(
        XsoarEntry entry,
        string key,
        DateTimeOffset at,
        LookupStart lookupStart
    )
    {
        return new[] { MessageAspect.Content, MessageAspect.File }
            .SelectMany(aspect =>
                Enumerable
                    .Range(0, store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, key, aspect))
                    .Select(part => (aspect, part))
            )
            .Select(shown =>
                Delivery(
                    entry,
                    key,
                    shown.part,
                    shown.aspect == MessageAspect.Content && shown.part == 0
                        ? _formatter.FormatDeletion(entry, postSize())
                        : "",
                    at,
                    lookupStart
                ) with
                {
                    Aspect = shown.aspect,
                    Kind = DeliveryKind.Deletion,
                    Revision = DeliveryRecord.Deleted,
                    Version = DeliveryRecord.Deleted,
                    Digest = null,
                }
            );
    }

    // Another file than the one that the entry had: the store knows which were brought. An entry's files differ by
    // their names only; what else the server shows of a file may come later than the file.
    private DeliveryRecord LaterFile(XsoarEntry entry, string key, DateTimeOffset at, LookupStart lookupStart) =>
        Delivery(entry, key, 0, _formatter.FormatFile(entry, postSize()), at, lookupStart) with
        {
            Aspect = MessageAspect.File,
            IsFirstFile = true,
            Files = null,
        };

    private static string ItemOf(XsoarEntry entry) =>
        entry.File.Length == 0 ? "" : TextDigest.Of(entry.File).ToString("x16", CultureInfo.InvariantCulture);

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
        string key,
        int part,
        string text,
        DateTimeOffset at,
        LookupStart lookupStart
    ) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = key,
            Part = part,
            SourceAt = at.ToUnixTimeMilliseconds(),
            LookupStart = lookupStart,
            Payload = PayloadOf(entry, part, text).ToJson(),
            Version = RevisionOf(entry),
            Digest = TextDigest.Of(entry.File + "\n" + entry.Contents),
            Item = part == 0 ? ItemOf(entry) : "",
            Files = part == 0 ? ItemOf(entry) : null,
        };
}
