using System.Text;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>Small pieces of Markdown that both formatters need.</summary>
internal static class Markdown
{
    private static readonly HashSet<char> Special = [.. "`*{}[]>!|"];

    /// <summary>
    /// A name as it is to be read, whatever characters it has: nothing in it can open or close our own markup, or is
    /// drawn as something else.
    /// </summary>
    public static string Name(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var character = name[i];
            if (
                char.IsControl(character)
                || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format
            )
                continue;
            // Mattermost's web app shows the backslash that should escape one of these, or draws a hashtag or channel.
            if (character is '<' or '&' or '\\' or ':' or ';' or '$' or '#' or '~')
                text.Append(PlainText.References(character.ToString()));
            else if (Special.Contains(character) || (character == '_' && !IsInWord(name, i)))
                text.Append('\\').Append(character);
            else
                text.Append(character);
        }

        return text.Length == 0 ? "?" : text.ToString();
    }

    /// <summary>The first line of a text, cut to a length that serves as a quote, on one line.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = text.Trim();
        var end = line.IndexOfAny(['\r', '\n']);
        var cut = end >= 0;
        if (cut)
            line = line.Substring(0, end).TrimEnd();
        if (line.Length > maxLength)
        {
            var length = char.IsHighSurrogate(line[maxLength - 1]) ? maxLength - 1 : maxLength;
            line = line.Substring(0, length).TrimEnd();
            cut = true;
        }

        return cut ? line + " …" : line;
    }

    /// <summary>A text, whose lines are separated by <c>\n</c>, as a quote.</summary>
    public static string Quote(string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    /// <summary>
    /// True if a text has to begin on a line of its own to be displayed as its author meant it: a code fence, a quote,
    /// a list, a heading or a table.
    /// </summary>
    public static bool NeedsOwnLine(string text)
    {
        var start = text.TrimStart(' ');
        if (start.Length == 0)
            return false;
        return start[0] is '>' or '#' or '|' or '+' or '-' or '*'
                && (start.Length < 2 || start[0] is '>' or '#' or '|' || start[1] == ' ')
            || start.StartsWith("~~~", StringComparison.Ordinal)
            // With a backtick behind the first ones it is a code span.
            || (start.StartsWith("```", StringComparison.Ordinal) && !start.Split('\n')[0].TrimStart('`').Contains('`'))
            || text.StartsWith("    ", StringComparison.Ordinal)
            || (char.IsDigit(start[0]) && start.IndexOf(". ", StringComparison.Ordinal) is > 0 and < 4);
    }

    /// <summary>
    /// What has to be between a head that we write and the text after it, so that the text changes nothing of the head:
    /// a line below may make a heading or the head of a table of it.
    /// </summary>
    public static string GapBefore(string text)
    {
        if (text.Length == 0)
            return "";
        if (
            text.Contains('\n')
            && (text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal))
        )
            return "\n";
        var paragraph = text.Split('\n').TakeWhile(line => line.Trim().Length > 0);
        return NeedsOwnLine(text) || paragraph.Any(line => line.Trim().All(sign => "-=:| ".Contains(sign)))
            ? "\n\n"
            : " ";
    }

    // Within a word no underscore begins emphasis.
    private static bool IsInWord(string text, int underscore)
    {
        var before = text.Substring(0, underscore).TrimEnd('_');
        return before.Length > 0
            && before[before.Length - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
    }
}
