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
/// <c>pending_post_id</c> made of the same: within half a minute the server itself answers a repetition with the first
/// post (server/channels/app/post.go, deduplicateCreatePost). A bot that was removed from the channel is added again.
/// </summary>
internal sealed class BotPosts(
    MattermostAccess mattermost,
    XsoarAccess xsoar,
    MirrorRuntime runtime,
    MirrorRecord mirror
)
{
    /// <summary>Writes a post for a delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="text">What to write.</param>
    /// <param name="rootId">The root post of the thread to write it in, or null.</param>
    /// <param name="fileId">An uploaded file to attach, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The post's id.</returns>
    public async Task<string> CreateAsync(
        DeliveryRecord delivery,
        string text,
        string? rootId,
        string? fileId,
        CancellationToken cancellationToken
    )
    {
        var part = delivery.Part.ToString(CultureInfo.InvariantCulture);
        var edit = EditOf(delivery) is { Length: > 0 } version ? version : null;
        var props = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PostProps.EntryId] = delivery.SourceId,
            [PostProps.EntryPart] = part,
            [PostProps.InvestigationId] = mirror.InvestigationId,
        };
        if (edit is not null)
            props[PostProps.EntryEdit] = edit;
        var post = new NewPost
        {
            ChannelId = mirror.ChannelId,
            Message = text,
            RootId = rootId,
            PendingPostId =
                $"{mattermost.BotUser.Id}:{mirror.ChannelId}:{delivery.SourceId}:{part}"
                + $"{(edit is null ? "" : ":" + edit)}{RetrySuffix(delivery)}",
            Props = props,
            FileIds = fileId is null ? null : [fileId],
        };
        return (
            await InChannelAsync(() => mattermost.Bot.Posts.CreateAsync(post, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
        ).Id;
    }

    /// <summary>Uploads an entry's file to the channel, for a post that is to be written.</summary>
    /// <returns>The file's id.</returns>
    public async Task<string> UploadAsync(EntryPayload entry, CancellationToken cancellationToken)
    {
        using var download = await xsoar
            .Client.Files.OpenAsync(entry.FileEntryId, cancellationToken)
            .ConfigureAwait(false);
        var file = FileSource.Of(
            NameOf(entry.FileName),
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

    /// <summary>
    /// Deletes a post that has a file, which no edit can remove, unless people have replied to it.
    /// </summary>
    /// <returns>False if it was not deleted, since it has no file or has replies.</returns>
    public async Task<bool> TryDeleteFileAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            var thread = await mattermost.Bot.Posts.GetThreadAsync(postId, cancellationToken).ConfigureAwait(false);
            if (
                !thread.Posts.TryGetValue(postId, out var post)
                || post.FileIds.Count == 0
                || thread.Posts.Values.Any(other => other.UserId != post.UserId)
            )
                return false;
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            return false;
        }

        await DeleteAsync(postId, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives a post another text.</summary>
    public Task EditAsync(string postId, string text, CancellationToken cancellationToken) =>
        InChannelAsync(
            () => mattermost.Bot.Posts.PatchAsync(postId, new PostPatch { Message = text }, cancellationToken),
            cancellationToken
        );

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

    /// <summary>Which edit of its entry a post was written for; empty for the entry's first text.</summary>
    public static string EditOf(DeliveryRecord delivery) =>
        delivery.Kind == DeliveryKind.Edit ? delivery.Version.ToString(CultureInfo.InvariantCulture) : "";

    // Otherwise the server could answer with the note that was posted in the delivery's place.
    private static string RetrySuffix(DeliveryRecord delivery) =>
        delivery.Retries == 0 ? "" : string.Format(CultureInfo.InvariantCulture, ":again{0}", delivery.Retries);

    // A command or a person may have given the file any name.
    private static string NameOf(string name)
    {
        var last = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return string.Concat(last.Where(character => !char.IsControl(character))) is { Length: > 0 } shown
            ? shown
            : "file";
    }

    private Task<T> InChannelAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) =>
        mattermost.BotMembership.RunAsMemberAsync(
            new ChannelAddress(mirror.ChannelId, mirror.ChannelName, mirror.TeamId),
            act,
            sentence => runtime.Log.Warning(ListenerLogEvents.BotRejoined, sentence, MirrorKey.Of(mirror)),
            cancellationToken
        );
}
