using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Makes lines for the War Room of what happened to posts. An edit is told by its <c>edit_at</c>, which a reaction or a
/// pin leaves as it is, and by its text; the store takes it only for a post that was carried and is newer there than
/// what it knows.
/// </summary>
internal sealed class PostDeliveries(MirrorContext context, MirrorRecord mirror)
{
    /// <summary>The lines, in order; those that are known already are left for the store to tell.</summary>
    /// <param name="seen">A post as it was seen.</param>
    /// <param name="floor">Where a look-up in the War Room has to begin.</param>
    public IEnumerable<DeliveryRecord> Of(PostEvent seen, string floor)
    {
        var post = seen.Post;
        if (!PostFilter.IsByPerson(post, context.BotUser.Id))
            yield break;
        if (seen.Change == PostEventKind.Deleted || post.DeleteAtMs > 0)
        {
            for (var part = 0; part < PartsOf(post); part++)
                yield return Deletion(post, part, floor);
            yield break;
        }

        if (seen.Change == PostEventKind.Said)
        {
            for (var part = 0; PostFilter.SaysSomething(post) && part < PartsOf(post); part++)
                yield return Line(post, part, floor);
        }
        else if (post.EditAtMs > 0)
        {
            yield return Line(post, 0, floor) with
            {
                Kind = DeliveryKind.Edit,
                Revision = post.EditAtMs,
            };
        }
    }

    // Each file is an entry of its own, the first with the text.
    private static int PartsOf(MattermostPost post) => Math.Max(1, post.FileIds.Count);

    private DeliveryRecord Line(MattermostPost post, int part, string floor) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = post.Id,
            Part = part,
            SourceAt = post.CreateAtMs,
            Floor = floor,
            Payload = PostPayload.From(post, part).ToJson(),
            Version = post.EditAtMs,
            Digest = TextDigest.Of(string.Join(",", post.FileIds) + "\n" + post.Message),
        };

    private DeliveryRecord Deletion(MattermostPost post, int part, string floor) =>
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
            Floor = floor,
            Payload = PostPayload.FromDeleted(post).ToJson(),
        };
}
