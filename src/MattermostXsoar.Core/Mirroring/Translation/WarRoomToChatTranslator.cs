using System.Globalization;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>Says an entry in the channel's words: who and what kind, then the content as Mattermost's Markdown.</summary>
internal sealed class WarRoomToChatTranslator(MentionGuard mentions)
{
    // Entry types of xsoar-rest.md 2.6.
    private const int ErrorType = 4;
    private const int WarningType = 11;

    /// <summary>The posts that say the entry, in order; the second and later ones are replies to the first.</summary>
    public IReadOnlyList<string> Translate(XsoarEntry entry)
    {
        var kind = Kind(entry);
        var head = $"**{Markdown.Name(string.IsNullOrEmpty(entry.User) ? "XSOAR" : entry.User)}**{(kind.Length > 0 ? $" ({kind})" : "")}:";
        var body = CodeFence.Close(EntryText.Of(entry));
        if (!string.IsNullOrEmpty(entry.File))
            body = FileLine(entry) + (body.Length > 0 ? "\n" + body : "");
        var text = head + (Markdown.NeedsOwnLine(body) || (body.Length > 0 && body[0] == '\n') ? "\n" : " ") + body.TrimStart('\n');
        return MessageSplitter.Split(mentions.Defuse(text));
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

    private static string FileLine(XsoarEntry entry)
    {
        var size = entry.FileMetadata?.Size is > 0 and var bytes
            ? string.Format(CultureInfo.InvariantCulture, " ({0:N0} bytes)", bytes)
            : "";
        return $"{Markdown.Name(entry.File!)}{size}";
    }
}
