using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Says a post in the War Room's words: who, what, and from where.</summary>
internal sealed class EntryFormatter(Uri mattermost, string botUserId)
{
    private const int LongestQuote = 120;

    // In XSOAR's Markdown %%%{"message":"Look","action":"DeleteContext",...}%%% is a button that runs a command as
    // whoever clicks it.
    private static readonly Regex ButtonSign = new("%(?=%%)", RegexOptions.CultureInvariant);

    /// <summary>The entry's Markdown.</summary>
    /// <param name="line">What was said.</param>
    /// <param name="author">Who said it; null when the server no longer knows.</param>
    /// <param name="teamName">The team of the permalink.</param>
    /// <param name="root">For a reply: what it replies to, if that can still be read.</param>
    /// <param name="rootAuthor">For a reply: who said that.</param>
    /// <param name="what">What it is beside the post's first text (<see cref="BackLink.WhatIs"/>); empty for that
    /// itself.</param>
    /// <param name="note">What there is to say of its files; empty for nothing.</param>
    public string Format(
        PostPayload line,
        MattermostUser? author,
        string teamName,
        MattermostPost? root,
        MattermostUser? rootAuthor,
        string what = "",
        string note = ""
    )
    {
        var text = new StringBuilder();
        if (
            root is not null
            && Markdown.OneLine(MentionGuard.Restore(root.Message), LongestQuote) is { Length: > 0 } quote
        )
        {
            // What the bot showed of the War Room begins with its author already; anybody may give a post such
            // properties.
            var isOurs = root.EntryId is not null && root.UserId == botUserId;
            text.Append("> ").Append(isOurs ? "" : $"**{ShortName(rootAuthor)}**: ").Append(quote).Append("\n\n");
        }

        text.Append("**")
            .Append(FullName(author, line.UserId))
            .Append("**")
            .Append(what.StartsWith("edited", StringComparison.Ordinal) ? " (edited):" : ":");
        var message = line.Message.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd().TrimStart('\n');
        if (message.Length == 0 && line.Files == 0 && note.Length == 0)
            text.Append(" *(no text)*");
        // Whatever begins on a line of its own is quoted: so no line of it can pass for our head or footer, and a fence
        // or list that it leaves open ends where the quote ends.
        var quoted = message.Contains('\n') || Markdown.NeedsOwnLine(message);
        if (quoted)
            text.Append('\n').Append(Markdown.Quote(message)).Append('\n');
        else if (message.Length > 0)
            text.Append(' ').Append(message);
        if (note.Length > 0)
            text.Append(message.Length > 0 ? "\n" : " ").Append(note);
        return WithoutButtons(text.Append('\n').Append(Footer(line, teamName, what)).ToString());
    }

    /// <summary>The entry that says that a post was deleted. It does not say by whom: an administrator may
    /// have.</summary>
    public string FormatDeletion(
        PostPayload line,
        DateTimeOffset saidAt,
        MattermostUser? author,
        string teamName,
        string what
    )
    {
        // The text is not said again: it may have been deleted because it should not be read.
        var whose = line.UserId.Length == 0 ? "A message" : $"The message of **{FullName(author, line.UserId)}**";
        var text = string.Format(
            CultureInfo.InvariantCulture,
            "{0} of {1:yyyy-MM-dd HH:mm:ss}Z was deleted{2}.",
            whose,
            saidAt.UtcDateTime,
            line.RootId.Length == 0 ? ", along with any replies to it" : ""
        );
        return WithoutButtons(text + "\n" + Footer(line, teamName, what));
    }

    /// <summary>A text in which nothing is a button of XSOAR's Markdown.</summary>
    public static string WithoutButtons(string text) =>
        text.Contains("%%%") ? ButtonSign.Replace(text, "%\u200B") : text;

    private string Footer(PostPayload line, string teamName, string what) =>
        BackLink.Line(BackLink.PermalinkOf(mattermost, teamName, line.PostId), what);

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
