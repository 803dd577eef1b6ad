using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Makes deliveries for the War Room of what happened to posts. An edit is recognised by its <c>edit_at</c>, which a
/// reaction or a pin does not change, and by its text; the store accepts it only for a post that was mirrored, and only
/// if it is newer than what is known of the post.
/// </summary>
internal sealed class PostDeliveries(
    MattermostAccess mattermost,
    MirrorRecord mirror,
    IReadOnlyList<IPostAnnotation> annotations
)
{
    /// <summary>The deliveries, in order; the store leaves out those that it knows.</summary>
    /// <param name="seen">What happened to a post.</param>
    /// <param name="lookupStart">Where a look-up in the War Room has to begin.</param>
    public IEnumerable<DeliveryRecord> Of(PostEvent seen, LookupStart lookupStart)
    {
        return PostFilter.MayBeByPerson(seen.Post, mattermost.BotUser.Id)
                ? OfPerson(seen, lookupStart).Concat(Annotations(seen, lookupStart))
            : ShowsEntry(seen.Post) ? Annotations(seen, lookupStart)
            : [];
    }

    /// <summary>The notice that posts were hidden before they could be read.</summary>
    /// <param name="hidden">The posts.</param>
    /// <param name="anchorId">The post after which the channel was read; null for its beginning.</param>
    /// <param name="since">The time up to which the channel was read before (ms).</param>
    /// <param name="lookupStart">Where a look-up in the War Room has to begin.</param>
    public DeliveryRecord OfHidden(HiddenPosts hidden, string? anchorId, long since, LookupStart lookupStart)
    {
        var anchor = new MattermostPost { Id = anchorId ?? mirror.ChannelId, CreateAtMs = since };
        return Delivery(
            DeliveryKind.Notice,
            anchor,
            PostPayload.ForNotice(anchor.Id, GapNote.For(hidden, since)),
            lookupStart
        ) with
        {
            Aspect = MessageAspect.Gap,
        };
    }

    private IEnumerable<DeliveryRecord> OfPerson(PostEvent seen, LookupStart lookupStart)
    {
        var post = seen.Post;
        if (IsDeletion(seen))
        {
            for (var part = 0; part < PartsOf(post); part++)
                yield return Deletion(post, part, lookupStart);
            yield break;
        }

        if (seen.Kind == PostEventKind.Created)
        {
            if (!PostFilter.HasContent(post))
                yield break;
            var files = PostFiles.Of(post);
            yield return Message(post, files, lookupStart);
            for (var part = 1; part < files.Count; part++)
                yield return File(post, files, files[part], lookupStart) with
                {
                    Part = part,
                };
        }
        else if (post.EditAtMs > 0)
        {
            var files = PostFiles.Of(post);
            yield return Message(post, files, lookupStart) with
            {
                Kind = DeliveryKind.Edit,
                Revision = post.EditAtMs,
            };
            // The store knows which of them were brought.
            foreach (var file in files)
                yield return File(post, files, file, lookupStart) with
                {
                    Aspect = MessageAspect.File,
                    IsFirstFile = file.CreatedAt <= post.CreateAtMs,
                };
        }
    }

    // What people attach to a message, and to the bot's posts that show entries. A new post mostly has nothing
    // attached.
    private IEnumerable<DeliveryRecord> Annotations(PostEvent seen, LookupStart lookupStart)
    {
        if (IsDeletion(seen))
            yield break;
        foreach (var annotation in annotations)
        {
            var state = annotation.IsMirrored(mirror) ? annotation.StateOf(seen.Post) : "";
            if (state.Length > 0 || (annotation.IsMirrored(mirror) && seen.Kind == PostEventKind.Updated))
                yield return Annotation(annotation, state, seen.Post, lookupStart);
        }
    }

    private static bool IsDeletion(PostEvent seen) => seen.Kind == PostEventKind.Deleted || seen.Post.DeleteAtMs > 0;

    private bool ShowsEntry(MattermostPost post) =>
        post.UserId == mattermost.BotUser.Id
        && post.InvestigationId == mirror.InvestigationId
        && post is { EntryId.Length: > 0, EntryPart: 0 or null };

    private DeliveryRecord Annotation(
        IPostAnnotation annotation,
        string state,
        MattermostPost post,
        LookupStart lookupStart
    ) =>
        Delivery(DeliveryKind.Annotation, post, PostPayload.ForAnnotation(post, state), lookupStart) with
        {
            Aspect = annotation.Aspect,
            IsShownByMessage = annotation.IsShownByMessage,
            Revision = post.UpdateAtMs,
            Version = post.UpdateAtMs,
            Digest = state.Length == 0 ? DeliveryRecord.NoState : TextDigest.Of(state),
            IsOfKnownMessage = post.UserId == mattermost.BotUser.Id,
        };

    // Each file is an entry of its own, the first with the text.
    private static int PartsOf(MattermostPost post) => Math.Max(1, post.FileIds.Count);

    private DeliveryRecord Message(MattermostPost post, IReadOnlyList<PostFile> files, LookupStart lookupStart) =>
        Delivery(DeliveryKind.Message, post, PostPayload.From(post, files), lookupStart) with
        {
            Version = post.EditAtMs,
            Digest = DigestOf(post),
            Item = files.Count > 0 ? files[0].Id : "",
            Files = string.Join(",", files.Select(file => file.Id)),
        };

    private DeliveryRecord File(
        MattermostPost post,
        IReadOnlyList<PostFile> files,
        PostFile file,
        LookupStart lookupStart
    ) =>
        Delivery(DeliveryKind.Message, post, PostPayload.FromFile(post, files, file), lookupStart) with
        {
            Version = post.EditAtMs,
            Digest = DigestOf(post),
            Item = file.Id,
        };

    private static long DigestOf(MattermostPost post) =>
        TextDigest.Of(
            string.Join(",", post.FileIds.OrderBy(id => id, StringComparer.Ordinal)) + "\n" + PostText.Of(post)
        );

    private DeliveryRecord Deletion(MattermostPost post, int part, LookupStart lookupStart) =>
        Delivery(DeliveryKind.Deletion, post, PostPayload.FromDeleted(post), lookupStart) with
        {
            Part = part,
            Revision = DeliveryRecord.Deleted,
            Version = DeliveryRecord.Deleted,
        };

    private DeliveryRecord Delivery(
        DeliveryKind kind,
        MattermostPost post,
        PostPayload payload,
        LookupStart lookupStart
    ) =>
        new()
        {
            MirrorId = mirror.Id,
            Direction = DeliveryDirection.ChatToWarRoom,
            Kind = kind,
            SourceId = post.Id,
            SourceAt = post.CreateAtMs,
            LookupStart = lookupStart,
            Payload = payload.ToJson(),
        };
}
