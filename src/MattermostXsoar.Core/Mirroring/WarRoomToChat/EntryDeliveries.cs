using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Makes lines for the chat of entries. An entry may be new, or changed since it was carried; both are offered to the
/// store, which takes what it does not know. Marking, tagging and pinning change an entry too: its text decides.
/// </summary>
internal sealed class EntryDeliveries(MirrorContext context, MirrorRecord mirror)
{
    private readonly PostFormatter _translator = new(
        new MentionGuard(context.Options.AllowedMentions.Concat(mirror.AllowedMentions))
    );

    /// <summary>The lines, in order.</summary>
    /// <param name="entry">The entry as it is now.</param>
    /// <param name="mayBeNew">False for one that is known or was said before the mirror began: only its changes
    /// count.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="floor">Where a look-up in the channel has to begin.</param>
    public IEnumerable<DeliveryRecord> Of(XsoarEntry entry, bool mayBeNew, DateTimeOffset at, string? floor)
    {
        if (entry.Deleted)
            return Deletions(entry, at, floor);
        var isChanged = RevisionOf(entry) > 0;
        if ((!mayBeNew && !isChanged) || !EntryFilter.IsCarried(entry, mirror.Type))
            return [];
        // Somebody may have taken the footer off an entry that came from the chat; a server may keep no comment of a
        // file.
        if (
            (isChanged || entry.File.Length > 0)
            && context.Store.IsOurs(mirror.Id, DeliveryDirection.ChatToWarRoom, entry.Id)
        )
            return [];
        var texts = _translator.Translate(entry);
        var lines = texts.Select((text, part) => Line(entry, part, text, at, floor)).ToList();
        return (mayBeNew ? lines : []).Concat(isChanged ? Edits(entry, lines) : []);
    }

    // 0 for an entry as it was first said.
    private static long RevisionOf(XsoarEntry entry) =>
        entry.Modified > entry.Created && entry.Created != DateTimeOffset.MinValue ? entry.Modified.UtcTicks
        : entry.Version > 1 ? entry.Version
        : 0;

    private IEnumerable<DeliveryRecord> Edits(XsoarEntry entry, List<DeliveryRecord> lines)
    {
        var edits = lines.Select(line => line with { Kind = DeliveryKind.Edit, Revision = line.Version });
        var parts = context.Store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, entry.Id);
        // It is shorter now: what is left over of its posts goes.
        var left = Enumerable
            .Range(lines.Count, Math.Max(0, parts - lines.Count))
            .Select(part =>
                lines[0] with
                {
                    Part = part,
                    Kind = DeliveryKind.Deletion,
                    Revision = lines[0].Version,
                    Payload = "",
                }
            );
        return edits.Concat(left);
    }

    private IEnumerable<DeliveryRecord> Deletions(XsoarEntry entry, DateTimeOffset at, string? floor)
    {
        var parts = context.Store.PartsOf(mirror.Id, DeliveryDirection.WarRoomToChat, entry.Id);
        return Enumerable
            .Range(0, parts)
            .Select(part =>
                Line(entry, part, part == 0 ? _translator.TranslateDeletion(entry) : "", at, floor) with
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

    private DeliveryRecord Line(XsoarEntry entry, int part, string text, DateTimeOffset at, string? floor) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = entry.Id,
            Part = part,
            SourceAt = at.ToUnixTimeMilliseconds(),
            Floor = floor,
            Payload = PayloadOf(entry, part, text).ToJson(),
            Version = RevisionOf(entry),
            Digest = TextDigest.Of(entry.File + "\n" + entry.Contents),
        };
}
