using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Composes the entry of a post when it is delivered: looks up what the post itself does not hold, the author's name
/// and the root post of a reply, and has both formatted. Looked up only then, so that recording waits for no server.
/// </summary>
internal sealed class EntryComposer(MattermostAccess mattermost, MirrorRecord mirror)
{
    // The server's address for people may change.
    private EntryFormatter Formatter => new(mattermost.Bot.PublicUri, mattermost.BotUser.Id);

    public async Task<string> ComposeDeletionAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    ) =>
        Formatter.FormatDeletion(
            post,
            DateTimeOffset.FromUnixTimeMilliseconds(delivery.SourceAt),
            await AuthorAsync(post, cancellationToken).ConfigureAwait(false),
            mirror.TeamName,
            BackLink.WhatIs(delivery)
        );

    public async Task<string> ComposePriorityAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    ) =>
        Formatter.FormatPriority(
            post,
            await AuthorAsync(post, cancellationToken).ConfigureAwait(false),
            mirror.TeamName,
            BackLink.WhatIs(delivery)
        );

    public string ComposeNote(PostPayload post, string note, string what) =>
        Formatter.FormatNote(post, note, mirror.TeamName, what);

    public async Task<string> ComposeAsync(
        DeliveryRecord delivery,
        PostPayload post,
        string? note,
        CancellationToken cancellationToken
    )
    {
        var author = await AuthorAsync(post, cancellationToken).ConfigureAwait(false);
        if (delivery.Aspect == MessageAspect.File)
            post = post with { Message = "", Priority = "" };
        // Only the first of a post's entries has its text, and the quote of what it replies to.
        var root =
            post.RootId.Length > 0 && !delivery.IsFurtherPart
                ? await FindPostAsync(post.RootId, cancellationToken).ConfigureAwait(false)
                : null;
        var rootAuthor = root is null
            ? null
            : await mattermost.Users.FindAsync(root.UserId, cancellationToken).ConfigureAwait(false);
        return Formatter.Format(
            post,
            author,
            mirror.TeamName,
            root,
            rootAuthor,
            BackLink.WhatIs(delivery),
            note ?? FileNote.For(delivery, post)
        );
    }

    private async Task<MattermostUser?> AuthorAsync(PostPayload post, CancellationToken cancellationToken) =>
        post.UserId.Length == 0
            ? null
            : await mattermost.Users.FindAsync(post.UserId, cancellationToken).ConfigureAwait(false);

    private async Task<MattermostPost?> FindPostAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return await mattermost.Bot.Posts.GetAsync(postId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission or ErrorKind.InvalidArgument)
        {
            // Deleted since: the reply goes without its quote.
            return null;
        }
    }
}
