using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Makes deliveries for the War Room of what happened to posts. An edit is recognised by its <c>edit_at</c>, which a
/// reaction or a pin leaves as it is, and by its text; the store takes it only for a post that was mirrored, and only if
/// it is newer than what is known of the post.
/// </summary>
internal sealed class PostDeliveries(MattermostAccess mattermost, MirrorRecord mirror)
{
    /// <summary>The deliveries, in order; the store leaves out those that it knows.</summary>
    /// <param name="seen">What happened to a post.</param>
    /// <param name="lookupStart">Where a look-up in the War Room has to begin.</param>
    public IEnumerable<DeliveryRecord> Of(PostEvent seen, LookupStart lookupStart)
    {
        var post = seen.Post;
        if (!PostFilter.IsByPerson(post, mattermost.BotUser.Id))
            yield break;
        if (seen.Kind == PostEventKind.Deleted || post.DeleteAtMs > 0)
        {
            for (var part = 0; part < PartsOf(post); part++)
                yield return Deletion(post, part, lookupStart);
            yield break;
        }

        if (seen.Kind == PostEventKind.Created)
        {
            for (var part = 0; PostFilter.HasContent(post) && part < PartsOf(post); part++)
                yield return Message(post, part, lookupStart);
        }
        else if (post.EditAtMs > 0)
        {
            yield return Message(post, 0, lookupStart) with
            {
                Kind = DeliveryKind.Edit,
                Revision = post.EditAtMs,
            };
        }
    }

    // Each file is an entry of its own, the first with the text.
    private static int PartsOf(MattermostPost post) => Math.Max(1, post.FileIds.Count);

    private DeliveryRecord Message(MattermostPost post, int part, LookupStart lookupStart) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = post.Id,
            Part = part,
            SourceAt = post.CreateAtMs,
            LookupStart = lookupStart,
            Payload = PostPayload.From(post, part).ToJson(),
            Version = post.EditAtMs,
            Digest = TextDigest.Of(string.Join(",", post.FileIds) + "\n" + post.Message),
        };

    private DeliveryRecord Deletion(MattermostPost post, int part, LookupStart lookupStart) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.ChatToWarRoom,
            Kind = DeliveryKind.Deletion,
            SourceId = post.Id,
            Part = part,
            Revision = DeliveryRecord.Deleted,
            Version = DeliveryRecord.Deleted,
            SourceAt = post.CreateAtMs,
            LookupStart = lookupStart,
            Payload = PostPayload.FromDeleted(post).ToJson(),
        };
}
