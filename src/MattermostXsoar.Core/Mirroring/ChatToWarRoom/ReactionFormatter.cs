using System.Text;
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
    /// <summary>The entry's Markdown. It begins with a text of our own, so that it is never a command.</summary>
    /// <param name="post">What is stored of the post, with the reactions as its state.</param>
    /// <param name="what">What the entry is (<see cref="BackLink.WhatIs"/>).</param>
    /// <param name="cancellationToken">Ends the look-up of names.</param>
    public async Task<string> FormatAsync(PostPayload post, string what, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("**Reactions** to the message of ");
        text.Append(await NameAsync(post.UserId, cancellationToken).ConfigureAwait(false)).Append(": ");
        var groups = new List<string>();
        foreach (var group in post.State.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (await GroupAsync(group, cancellationToken).ConfigureAwait(false) is { } shown)
                groups.Add(shown);
        }

        text.Append(groups.Count == 0 ? "none" : string.Join(" · ", groups)).Append('\n');
        var permalink = BackLink.PermalinkOf(mattermost.Bot.PublicUri, mirror.TeamName, post.PostId);
        return EntryFormatter.WithoutButtons(text.Append(BackLink.Line(permalink, what)).ToString());
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

    private async Task<string> NameAsync(string userId, CancellationToken cancellationToken) =>
        $"**{NameOf(await mattermost.Users.FindAsync(userId, cancellationToken).ConfigureAwait(false), userId)}**";

    private static string NameOf(MattermostUser? user, string userId) =>
        Markdown.Name(
            user is null ? userId
            : string.IsNullOrWhiteSpace(user.FullName) ? user.Username
            : user.FullName
        );
}
