using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Removes the text of an entry that was deleted in the War Room from the channel. Its post is changed to one that says
/// so, since deleting it would take people's replies with it; one with a file, which no edit can remove, is deleted if
/// nobody has replied. Where the server refuses the change, the post is deleted. Where people have replied to it, or the
/// server refuses that too, a reply says so, and the delivery counts as refused: the text can still be read.
/// </summary>
internal sealed class PostRemoval(BotPosts posts, MattermostAccess mattermost, StateStore store, MirrorRecord mirror)
{
    /// <summary>Removes what shows a part of a deleted entry.</summary>
    public async Task<DeliveryOutcome> RemoveAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var targets = store.TargetsOf(mirror.Id, delivery.Direction, delivery.SourceId, delivery.Part, delivery.Aspect);
        if (targets.Count == 0)
            return DeliveryOutcome.Nothing;
        try
        {
            return await RemoveAsync(delivery, targets, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.ErrorId == ErrorIds.PostHidden)
        {
            return DeliveryOutcome.RefusedChange(
                "The entry was deleted in the War Room, but Mattermost's limit of the message history hides its post, "
                    + "which cannot be changed: it can be read again when the limit is lifted. Retry the delivery then."
            );
        }
    }

    private async Task<DeliveryOutcome> RemoveAsync(
        DeliveryRecord delivery,
        IReadOnlyList<string> targets,
        CancellationToken cancellationToken
    )
    {
        // Replies that showed an edit which the server had refused, or an earlier note about this deletion.
        string? refusal = null;
        foreach (var reply in targets.Skip(1))
            refusal = await TryDeleteAsync(reply, cancellationToken).ConfigureAwait(false) ?? refusal;
        var (first, root) = (targets[0], delivery.IsFurtherPart ? null : targets[0]);
        refusal =
            (
                root is null
                    ? await TryDeleteAsync(first, cancellationToken).ConfigureAwait(false)
                    : await TryClearAsync(delivery, first, cancellationToken).ConfigureAwait(false)
            ) ?? refusal;
        if (refusal is null)
            return DeliveryOutcome.Arrived(first);
        var noteId = root is null ? first : await NoteAsync(delivery, root, cancellationToken).ConfigureAwait(false);
        return DeliveryOutcome.Refused(
            noteId,
            $"The entry was deleted in the War Room, but its text can still be read in the channel: {refusal} Have a "
                + "channel administrator delete the post, or let the bot edit and delete its posts (edit_post, "
                + "delete_post, PostEditTimeLimit) and retry the delivery."
        );
    }

    /// <summary>
    /// Something in front of the server refuses the change again and again: the post is deleted if nobody has replied to
    /// it, and otherwise a reply says what was to happen.
    /// </summary>
    public async Task<DeliveryOutcome> GiveUpAsync(
        DeliveryRecord delivery,
        Exception cause,
        CancellationToken cancellationToken
    )
    {
        var targets = store.TargetsOf(mirror.Id, delivery.Direction, delivery.SourceId, delivery.Part, delivery.Aspect);
        if (targets.Count == 0)
            return DeliveryOutcome.Nothing;
        // What shows the entry now may be a reply, where the server refused an edit, and a reply is no root.
        var roots = store.TargetsOf(mirror.Id, delivery.Direction, delivery.SourceId, 0);
        var root = roots.Count > 0 ? roots[0] : targets[0];
        var thread = await posts.FindThreadAsync(root, cancellationToken).ConfigureAwait(false);
        try
        {
            if (delivery.IsFurtherPart || !HasReplies(thread, targets[0]))
            {
                foreach (var target in targets)
                    await posts.DeleteAsync(target, cancellationToken).ConfigureAwait(false);
                return DeliveryOutcome.Arrived(targets[0]);
            }
        }
        catch (MattermostXsoarException)
        {
            // The deletion is refused as well; the first reason is the one to be shown.
        }

        var note = RefusalNote.For(delivery, hasFile: false, "An entry of the War Room", "Mattermost");
        if (thread?.Posts.Values.Any(post => IsNote(post, delivery, BotPosts.NoteOf(delivery))) != true)
            await posts.CreateNoteAsync(delivery, note, root, cancellationToken).ConfigureAwait(false);
        return DeliveryOutcome.RefusedChange(
            "The entry was deleted in the War Room, but its text can still be read in the channel. "
                + RefusalNote.Reason(cause)
        );
    }

    /// <summary>
    /// Removes the note in the place of an entry that is sent again: it may show the entry's text, which a later
    /// deletion of the entry would not find there. Where it has a thread, which would go with it, its text is replaced. A
    /// server that allows neither will refuse the later deletion too, which then counts as failed.
    /// </summary>
    public async Task WithdrawNoteAsync(string noteId, CancellationToken cancellationToken)
    {
        var thread = await posts.FindThreadAsync(noteId, cancellationToken).ConfigureAwait(false);
        try
        {
            if (thread is not { Posts.Count: 1 })
                await posts.EditAsync(noteId, "*(sent again below)*", cancellationToken).ConfigureAwait(false);
            else
                await posts.DeleteAsync(noteId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (IsRefusal(exception) || exception.ErrorId == ErrorIds.PostHidden)
        {
            // Nothing more can be done.
        }
    }

    // Null, or why the text is still there.
    private async Task<string?> TryClearAsync(
        DeliveryRecord delivery,
        string postId,
        CancellationToken cancellationToken
    )
    {
        var thread = await posts.FindThreadAsync(postId, cancellationToken).ConfigureAwait(false);
        var hasFile = thread is not null && thread.Posts.TryGetValue(postId, out var post) && post.FileIds.Count > 0;
        if (hasFile && !HasReplies(thread, postId))
            return await TryDeleteAsync(postId, cancellationToken).ConfigureAwait(false);
        try
        {
            await posts
                .EditAsync(postId, EntryPayload.FromJson(delivery.Payload).Text, cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (ApiException exception) when (IsRefusal(exception))
        {
            // Somebody deleted it in the chat.
            if (await mattermost.Bot.Posts.IsGoneAsync(postId, cancellationToken).ConfigureAwait(false))
                return null;
            if (HasReplies(thread, postId))
                return $"{exception.Message} It was not deleted, since people have replied to it.";
            return await TryDeleteAsync(postId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> TryDeleteAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            await posts.DeleteAsync(postId, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ApiException exception) when (IsRefusal(exception))
        {
            return exception.Message;
        }
    }

    private async Task<string> NoteAsync(DeliveryRecord delivery, string rootId, CancellationToken cancellationToken)
    {
        var thread = await posts.FindThreadAsync(rootId, cancellationToken).ConfigureAwait(false);
        return thread?.Posts.Values.FirstOrDefault(post => IsNote(post, delivery, PostProps.Deleted))?.Id
            ?? (
                await posts
                    .CreateAsync(
                        delivery,
                        EntryPayload.FromJson(delivery.Payload).Text,
                        rootId,
                        null,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            ).Id;
    }

    private bool IsNote(MattermostPost post, DeliveryRecord delivery, string mark) =>
        post.UserId == mattermost.BotUser.Id
        && post.DeleteAtMs == 0
        && post.EntryId == EntryKey.IdOf(delivery.SourceId)
        && post.EntryEdit == mark;

    // Unknown counts as yes.
    private bool HasReplies(PostList? thread, string postId) =>
        thread is null || thread.Posts.Values.Any(post => post.Id != postId && post.UserId != mattermost.BotUser.Id);

    private static bool IsRefusal(ApiException exception) =>
        exception.Kind is ErrorKind.Permission or ErrorKind.NotFound or ErrorKind.InvalidArgument
        && exception.ErrorId != ErrorIds.PostHidden;
}
