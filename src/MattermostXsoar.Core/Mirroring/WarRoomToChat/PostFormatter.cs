using System.Globalization;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Formats an entry as posts of the channel: author and kind, then the content as Mattermost's Markdown.
/// </summary>
internal sealed class PostFormatter(MentionGuard mentions)
{
    // Entry types of xsoar-rest.md 2.6.
    private const int ErrorType = 4;
    private const int WarningType = 11;

    // An entry may be of any size; a channel is no place for megabytes.
    private const int MaxParts = 20;

    /// <summary>The posts that show the entry, in order; the second and later ones are replies to the first.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="postSize">The most characters in a post.</param>
    /// <remarks>Never throws: an entry that could not be formatted would hold up all that come after it.</remarks>
    public IReadOnlyList<string> Format(XsoarEntry entry, int postSize)
    {
        try
        {
            return Posts(entry, EntryMarkdown.Of(entry), postSize);
        }
        catch (Exception)
        {
            return FormatRaw(entry, postSize);
        }
    }

    /// <summary>The text that replaces an entry that was deleted; one post, however long its author's name is.</summary>
    public string FormatDeletion(XsoarEntry entry, int postSize)
    {
        const string What = "*(deleted in the War Room)*";
        var text = mentions.Defuse($"{Author(entry)}: {What}");
        return MessageSplitter.Fits(text, postSize) ? text : What;
    }

    /// <summary>The text of the post with another file of an entry.</summary>
    public string FormatFile(XsoarEntry entry, int postSize)
    {
        const string What = "*(the entry has another file now)*";
        var text = mentions.Defuse($"{Author(entry)} (file): {What}");
        return MessageSplitter.Fits(text, postSize) ? text : What;
    }

    private static string Author(XsoarEntry entry) =>
        $"**{Markdown.Name(string.IsNullOrEmpty(entry.User) ? "XSOAR" : entry.User)}**";

    private List<string> FormatRaw(XsoarEntry entry, int postSize)
    {
        try
        {
            return Posts(entry, EntryMarkdown.Raw(entry), postSize);
        }
        catch (Exception)
        {
            return [mentions.Defuse($"An entry of the War Room could not be shown (id {Markdown.Name(entry.Id)}).")];
        }
    }

    private List<string> Posts(XsoarEntry entry, string body, int postSize)
    {
        var kind = Kind(entry);
        var head = $"{Author(entry)}{(kind.Length > 0 ? $" ({kind})" : "")}:";
        body = body.TrimStart('\n');
        var text = head + Markdown.GapBefore(body) + body;
        // A Mattermost server cannot store it, and answers 500 for ever (mattermost/mattermost#28280).
        text = text.Replace('\0', '\uFFFD').TrimEnd(' ');
        return Limited(MessageSplitter.Split(mentions.Defuse(text), postSize));
    }

    private static List<string> Limited(IReadOnlyList<string> parts)
    {
        if (parts.Count <= MaxParts)
            return [.. parts];
        var omitted = parts.Skip(MaxParts - 1).Sum(part => (long)part.Length);
        var note = string.Format(
            CultureInfo.InvariantCulture,
            "… the rest, about {0:N0} characters, is in the War Room.",
            omitted
        );
        return [.. parts.Take(MaxParts - 1), note];
    }

    private static string Kind(XsoarEntry entry)
    {
        if (entry.Type == ErrorType)
            return "error";
        if (entry.Type == WarningType)
            return "warning";
        if (!string.IsNullOrEmpty(entry.File))
            return "file";
        if (entry.Note)
            return "note";
        return entry.Category switch
        {
            "commandAndResults" => "command",
            "playbookTaskResult" => "playbook task",
            "playbookTaskStartAndDone" => "playbook",
            "playbookErrors" => "playbook error",
            "incidentInfo" => "incident",
            _ => "",
        };
    }
}
