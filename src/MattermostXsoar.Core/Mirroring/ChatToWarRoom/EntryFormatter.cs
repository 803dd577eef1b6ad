using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Formats a post as an entry of the War Room: author, text, and where it is from.</summary>
internal sealed class EntryFormatter(Uri mattermost, string botUserId)
{
    private const int LongestQuote = 120;

    // The author's line of an entry whose content begins on a line of its own, maybe with a fence.
    private static readonly Regex HeadAlone = new(
        @"^(\*\*[^\n]*:)\n+(?:[`~]{3,}[^\n]*\n)?",
        RegexOptions.CultureInvariant
    );

    /// <summary>The entry's Markdown.</summary>
    /// <param name="post">The post.</param>
    /// <param name="author">Its author; null if the server does not know the user any more.</param>
    /// <param name="teamName">The team of the permalink.</param>
    /// <param name="root">For a reply: the root post, if it can still be read.</param>
    /// <param name="rootAuthor">For a reply: the author of the root post.</param>
    /// <param name="what">
    /// What the entry is if it is not the post's text (<see cref="BackLink.WhatIs"/>); else empty.
    /// </param>
    /// <param name="note">The note about its files; empty for none.</param>
    public string Format(
        PostPayload post,
        MattermostUser? author,
        string teamName,
        MattermostPost? root,
        MattermostUser? rootAuthor,
        string what = "",
        string note = ""
    )
    {
        var text = new StringBuilder();
        if (root is not null && QuoteOf(root) is { Length: > 0 } quote)
        {
            var isOurs = IsOurs(root);
            text.Append("> ").Append(isOurs ? "" : $"**{ShortName(rootAuthor)}**: ").Append(quote).Append("\n\n");
        }

        // Beside the author, where no text can imitate it.
        var marks = PostPriority.Show(post.Priority).ToList();
        if (what.StartsWith("edited", StringComparison.Ordinal))
            marks.Insert(0, "edited");
        text.Append("**")
            .Append(FullName(author, post.UserId))
            .Append("**")
            .Append(post.Via.Length > 0 ? $" via {Markdown.Name(post.Via)}" : "")
            .Append(marks.Count > 0 ? $" ({string.Join(", ", marks)}):" : ":");
        var message = post.Message.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd().TrimStart('\n');
        if (message.Length == 0 && post.Files == 0 && note.Length == 0)
            text.Append(" *(no text)*");
        // A text that begins on a line of its own is quoted: then no line of it can look like our head or footer, and a
        // fence or list that it leaves open ends with the quote.
        var quoted = message.Contains('\n') || Markdown.NeedsOwnLine(message);
        if (quoted)
            text.Append('\n').Append(Markdown.Quote(message)).Append('\n');
        else if (message.Length > 0)
            text.Append(' ').Append(message).Append(PlainText.IsHarmless(message, isLineStart: false) ? "" : "\n");
        if (note.Length > 0)
            text.Append(message.Length > 0 ? "\n" : " ").Append(note);
        return WarRoomText.WithoutButtons(text.Append('\n').Append(Footer(post, teamName, what)).ToString());
    }

    /// <summary>
    /// The entry for a deleted post. It does not name who deleted it: that may have been an administrator.
    /// </summary>
    public string FormatDeletion(
        PostPayload post,
        DateTimeOffset createdAt,
        MattermostUser? author,
        string teamName,
        string what
    )
    {
        // The text is not repeated: it may have been deleted because it should not be read.
        var subject = post.UserId.Length == 0 ? "A message" : $"The message of **{FullName(author, post.UserId)}**";
        var text = string.Format(
            CultureInfo.InvariantCulture,
            "{0} of {1:yyyy-MM-dd HH:mm:ss}Z was deleted{2}.",
            subject,
            createdAt.UtcDateTime,
            post.RootId.Length == 0 ? ", along with any replies to it" : ""
        );
        return WarRoomText.WithoutButtons(text + "\n" + Footer(post, teamName, what));
    }

    /// <summary>The entry for another priority of a post.</summary>
    public string FormatPriority(PostPayload post, MattermostUser? author, string teamName, string what)
    {
        var shown = string.Join(", ", PostPriority.Show(post.State));
        return WarRoomText.WithoutButtons(
            $"The message of **{FullName(author, post.UserId)}** "
                + (shown.Length > 0 ? $"is now marked: {shown}." : "has no priority any more.")
                + "\n"
                + Footer(post, teamName, what)
        );
    }

    /// <summary>A note about a post, without anything of it but its permalink.</summary>
    public string FormatNote(PostPayload post, string note, string teamName, string what) =>
        note + "\n" + Footer(post, teamName, what);

    // The bot's posts of entries begin with the author already; anybody may give a post such properties.
    private bool IsOurs(MattermostPost root) => root.EntryId is not null && root.UserId == botUserId;

    private string QuoteOf(MattermostPost root)
    {
        var text = MentionGuard.Restore(PostText.Of(root));
        return Markdown.OneLine(IsOurs(root) ? HeadAlone.Replace(text, "$1 ") : text, LongestQuote);
    }

    private string Footer(PostPayload post, string teamName, string what) =>
        BackLink.Line(BackLink.PermalinkOf(mattermost, teamName, post.PostId), what);

    private static string FullName(MattermostUser? user, string userId)
    {
        if (user is null)
            return Markdown.Name(userId);
        var full = user.FullName;
        return string.IsNullOrWhiteSpace(full)
            ? $"{Markdown.Name(user.Username)} (@{Markdown.Name(user.Username)})"
            : $"{Markdown.Name(full)} (@{Markdown.Name(user.Username)})";
    }

    private static string ShortName(MattermostUser? user) => user is null ? "?" : "@" + Markdown.Name(user.Username);
}
