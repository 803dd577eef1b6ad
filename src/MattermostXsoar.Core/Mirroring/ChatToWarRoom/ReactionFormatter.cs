using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Formats the reactions to a message: <c>👍 Ann, Bea · 🎉 Cid</c>, with the message's author and permalink.
/// </summary>
internal sealed class ReactionFormatter(MattermostAccess mattermost, MirrorRecord mirror)
{
    // As PostFormatter begins a post; a name has no asterisks that are not escaped.
    private static readonly Regex EntryAuthor = new(
        @"^\*\*(?:[^*\\\n]|\\.)+\*\*(?=:| \([a-z ]+\):)",
        RegexOptions.CultureInvariant
    );

    /// <summary>The entry's Markdown. It begins with a text of our own, so that it is never a command.</summary>
    /// <param name="post">What is stored of the post, with the reactions as its state.</param>
    /// <param name="what">What the entry is (<see cref="BackLink.WhatIs"/>).</param>
    /// <param name="cancellationToken">Ends the look-up of names.</param>
    public async Task<string> FormatAsync(PostPayload post, string what, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("**Reactions** to the ");
        text.Append(await MessageAsync(post, cancellationToken).ConfigureAwait(false)).Append(": ");
        var groups = new List<string>();
        foreach (var group in post.State.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (await GroupAsync(group, cancellationToken).ConfigureAwait(false) is { } shown)
                groups.Add(shown);
        }

        text.Append(groups.Count == 0 ? "none" : string.Join(" · ", groups)).Append('\n');
        var permalink = BackLink.PermalinkOf(mattermost.Bot.PublicUri, mirror.TeamName, post.PostId);
        return WarRoomText.WithoutButtons(text.Append(BackLink.Line(permalink, what)).ToString());
    }

    // Null where only bots chose it.
    private async Task<string?> GroupAsync(string group, CancellationToken cancellationToken)
    {
        var (emoji, ids) = (group.Substring(0, group.LastIndexOf(':')), group.Substring(group.LastIndexOf(':') + 1));
        var names = new List<string>();
        foreach (var id in ids.Split(','))
        {
            var user = await mattermost.Users.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (user is not { IsBot: true })
                names.Add(NameOf(user, id));
        }

        return names.Count == 0 ? null : $"{EmojiNames.Show(emoji)} {string.Join(", ", names)}";
    }

    // The bot's post shows an entry, whose author it names.
    private async Task<string> MessageAsync(PostPayload post, CancellationToken cancellationToken)
    {
        if (post.EntryId.Length == 0)
            return "message of " + await NameAsync(post.UserId, cancellationToken).ConfigureAwait(false);
        var author = EntryAuthor.Match(await TextAsync(post.PostId, cancellationToken).ConfigureAwait(false));
        return author.Success ? "entry of " + author.Value : "entry of this War Room";
    }

    private async Task<string> TextAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            var post = await mattermost.Bot.Posts.GetAsync(postId, cancellationToken).ConfigureAwait(false);
            return MentionGuard.Restore(post.Message);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission or ErrorKind.InvalidArgument)
        {
            return "";
        }
    }

    private async Task<string> NameAsync(string userId, CancellationToken cancellationToken) =>
        $"**{NameOf(await mattermost.Users.FindAsync(userId, cancellationToken).ConfigureAwait(false), userId)}**";

    private static string NameOf(MattermostUser? user, string userId) =>
        Markdown.Name(
            user is null ? userId
            : string.IsNullOrWhiteSpace(user.FullName) ? user.Username
            : user.FullName
        );
}
