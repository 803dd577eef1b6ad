using System.Text;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>Says a post in the War Room's words: who, what, and from where.</summary>
internal sealed class ChatToWarRoomTranslator(Uri mattermost)
{
    private const int LongestQuote = 120;

    /// <summary>The entry's Markdown.</summary>
    /// <param name="line">What was said.</param>
    /// <param name="author">Who said it; null when the server no longer knows.</param>
    /// <param name="teamName">The team of the permalink.</param>
    /// <param name="root">For a reply: what it replies to, if that can still be read.</param>
    /// <param name="rootAuthor">For a reply: who said that.</param>
    public string Translate(ChatLine line, MattermostUser? author, string teamName, MattermostPost? root, MattermostUser? rootAuthor)
    {
        var text = new StringBuilder();
        if (root is not null && Markdown.OneLine(root.Message, LongestQuote) is { Length: > 0 } quote)
            text.Append("> **").Append(ShortName(rootAuthor)).Append("**: ").Append(quote).Append("\n\n");
        text.Append("**").Append(FullName(author, line.UserId)).Append("**:");
        var message = line.Message.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd().TrimStart('\n');
        // Whatever begins on a line of its own is quoted: so no line of it can pass for our head or footer, and a fence or
        // list that it leaves open ends where the quote ends.
        var quoted = message.Contains('\n') || Markdown.NeedsOwnLine(message);
        if (quoted)
            text.Append('\n').Append(Markdown.Quote(message)).Append('\n');
        else if (message.Length > 0)
            text.Append(' ').Append(message);
        if (line.Files > 0)
            text.Append(message.Length > 0 ? "\n" : " ").Append(line.Files == 1 ? "*(1 file)*" : $"*({line.Files} files)*");
        return text.Append('\n').Append(SourceMark.Line(SourceMark.PermalinkOf(mattermost, teamName, line.PostId))).ToString();
    }

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
