using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The bot's posts in a mirror's channel. Each has its entry's id in its props, by which it is found again, and a
/// <c>pending_post_id</c> of its own: within half a minute the server itself answers a repetition with the first post
/// (server/channels/app/post.go, deduplicateCreatePost). The answer is believed only if it is the post that was sent. A
/// bot that was removed from the channel is added again.
/// </summary>
internal sealed class BotPosts(
    MattermostAccess mattermost,
    XsoarAccess xsoar,
    StateStore store,
    MirrorRuntime runtime,
    MirrorRecord mirror
)
{
    // Of the pending_post_ids of notes, so that none is that of the delivery itself.
    private const int FirstNoteAttempt = 1000;

    // How often the server has returned another post for the delivery under way: each time it gets another id.
    private (long DeliveryId, int Times) _replaced;

    private readonly PendingPostIds _pendingIds = new(store.Secret, mattermost.BotUser.Id);

    /// <summary>Writes a post for a delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="text">What to write.</param>
    /// <param name="rootId">The root post of the thread to write it in, or null.</param>
    /// <param name="fileId">An uploaded file to attach, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The post.</returns>
    /// <exception cref="ApiException">
    /// The server answered with another post than the one that was sent, which has an unknown outcome.
    /// </exception>
    public Task<MattermostPost> CreateAsync(
        DeliveryRecord delivery,
        string text,
        string? rootId,
        string? fileId,
        CancellationToken cancellationToken
    ) =>
        CreateAsync(
            delivery,
            attempt => PostFor(delivery, text, rootId, fileId, EditOf(delivery), attempt),
            cancellationToken
        );

    /// <summary>Writes a note in the place of a delivery, with a mark of its own (<see cref="NoteOf"/>).</summary>
    /// <inheritdoc cref="CreateAsync(DeliveryRecord, string, string?, string?, CancellationToken)"/>
    public Task<MattermostPost> CreateNoteAsync(
        DeliveryRecord delivery,
        string text,
        string? rootId,
        CancellationToken cancellationToken
    ) =>
        CreateAsync(
            delivery,
            attempt => PostFor(delivery, text, rootId, null, NoteOf(delivery), FirstNoteAttempt + attempt),
            cancellationToken
        );

    private async Task<MattermostPost> CreateAsync(
        DeliveryRecord delivery,
        Func<int, NewPost> postFor,
        CancellationToken cancellationToken
    )
    {
        if (_replaced.DeliveryId != delivery.Id)
            _replaced = (delivery.Id, 0);
        var post = postFor(_replaced.Times);
        var created = await InChannelAsync(
                () => mattermost.Bot.Posts.CreateAsync(post, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (IsSent(created, post))
            return created;
        // Whether it was written all the same is looked up before it is sent again.
        _replaced.Times = Math.Min(_replaced.Times + 1, FirstNoteAttempt - 1);
        var found =
            $"Mattermost did not return the post of {delivery.SourceId} that was sent, but post {created.Id} of user "
            + $"{created.UserId}.";
        runtime.Log.Warning(
            ListenerLogEvents.PostReplaced,
            $"{found} Somebody sent a post with the same pending_post_id, or a proxy changes answers. It is looked up, "
                + "and written with another id if it is not there.",
            MirrorKey.Of(mirror)
        );
        throw new ApiException(
            ErrorIds.ServerError,
            ErrorKind.Unavailable,
            found,
            "Look for who writes in the channel with this bot's pending_post_ids, and for proxies that change answers."
        )
        {
            OutcomeUnknown = true,
        };
    }

    private NewPost PostFor(
        DeliveryRecord delivery,
        string text,
        string? rootId,
        string? fileId,
        string edit,
        int attempt
    )
    {
        var props = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PostProps.EntryId] = EntryKey.IdOf(delivery.SourceId),
            [PostProps.EntryPart] = PartOf(delivery).ToString(CultureInfo.InvariantCulture),
            [PostProps.InvestigationId] = mirror.InvestigationId,
        };
        if (EntryKey.CreatedOf(delivery.SourceId) is { } created)
            props[PostProps.EntryCreated] = created;
        if (edit.Length > 0)
            props[PostProps.EntryEdit] = edit;
        return new NewPost
        {
            ChannelId = mirror.ChannelId,
            Message = text,
            RootId = rootId,
            PendingPostId = _pendingIds.Of(mirror.ChannelId, delivery, attempt),
            Props = props,
            FileIds = fileId is null ? null : [fileId],
        };
    }

    // Nobody else can know the id that was sent, and the server repeats it for a new post only. For a repeated request
    // it returns none: then the properties show whether the first one was this. The server may change the text, such as
    // the addresses of pictures.
    private bool IsSent(MattermostPost created, NewPost sent) =>
        created.UserId == mattermost.BotUser.Id
        && created.ChannelId == sent.ChannelId
        && (created.PendingPostId.Length > 0 ? created.PendingPostId == sent.PendingPostId : HasProps(created, sent));

    private bool HasProps(MattermostPost created, NewPost sent) =>
        created.RootId == (sent.RootId ?? "")
        && created.InvestigationId == mirror.InvestigationId
        && created.EntryId == PropOf(sent, PostProps.EntryId)
        && created.EntryCreated == PropOf(sent, PostProps.EntryCreated)
        && created.EntryPart?.ToString(CultureInfo.InvariantCulture) == PropOf(sent, PostProps.EntryPart)
        && created.EntryEdit == PropOf(sent, PostProps.EntryEdit);

    private static string? PropOf(NewPost post, string name) =>
        post.Props!.TryGetValue(name, out var value) ? value : null;

    /// <summary>Uploads an entry's file to the channel, for a post that is to be written.</summary>
    /// <returns>The file's id.</returns>
    public async Task<string> UploadAsync(EntryPayload entry, CancellationToken cancellationToken)
    {
        using var download = await xsoar
            .Client.Files.OpenAsync(entry.FileEntryId, cancellationToken)
            .ConfigureAwait(false);
        var file = FileSource.Of(
            entry.FileName,
            download,
            again => xsoar.Client.Files.OpenAsync(entry.FileEntryId, again)
        );
        return (
            await InChannelAsync(
                    () => mattermost.Bot.Files.UploadAsync(mirror.ChannelId, file, null, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Id;
    }

    /// <summary>A post of the bot with its thread; null if it cannot be read.</summary>
    public async Task<PostList?> FindThreadAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return await mattermost.Bot.Posts.GetThreadAsync(postId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            return null;
        }
    }

    /// <summary>Gives a post another text.</summary>
    public async Task EditAsync(string postId, string text, CancellationToken cancellationToken)
    {
        var edited = await InChannelAsync(
                () => mattermost.Bot.Posts.PatchAsync(postId, new PostPatch { Message = text }, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        // Repeating an edit changes nothing.
        if (edited.Id != postId || edited.DeleteAtMs > 0)
            throw new ApiException(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"Mattermost answered the edit of post {postId} with post {edited.Id}.",
                "Look for a proxy in front of Mattermost that stores answers."
            )
            {
                OutcomeUnknown = true,
            };
    }

    /// <summary>Deletes a post; one that is deleted already is not an error.</summary>
    public async Task DeleteAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            await InChannelAsync(
                    async () =>
                    {
                        await mattermost.Bot.Posts.DeleteAsync(postId, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            // A post that is deleted already is refused in the same way (rest-error-403-posts-delete-again).
            if (!await mattermost.Bot.Posts.IsGoneAsync(postId, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    /// <summary>The part of its entry that a post shows. A file that came later is known by its id only.</summary>
    public static int PartOf(DeliveryRecord delivery) => delivery.Aspect == MessageAspect.File ? 0 : delivery.Part;

    /// <summary>Which change of its entry a post was written for; empty for the entry's first text.</summary>
    public static string EditOf(DeliveryRecord delivery) =>
        delivery.Kind switch
        {
            DeliveryKind.Edit => delivery.Version.ToString(CultureInfo.InvariantCulture),
            DeliveryKind.Deletion => PostProps.Deleted,
            _ => delivery.Aspect == MessageAspect.File ? $"file {delivery.Item}" : "",
        };

    /// <summary>The same for the note in the place of a delivery.</summary>
    public static string NoteOf(DeliveryRecord delivery) =>
        EditOf(delivery) is { Length: > 0 } edit ? $"{edit}, {RefusalNote.Mark}" : RefusalNote.Mark;

    private Task<T> InChannelAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) =>
        mattermost.BotMembership.RunAsMemberAsync(
            new ChannelAddress(mirror.ChannelId, mirror.ChannelName, mirror.TeamId),
            act,
            sentence => runtime.Log.Warning(ListenerLogEvents.BotRejoined, sentence, MirrorKey.Of(mirror)),
            cancellationToken
        );
}
