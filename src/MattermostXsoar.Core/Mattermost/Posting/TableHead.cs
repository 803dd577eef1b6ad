using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>Recognises the tables of Mattermost's Markdown by their lines.</summary>
internal static class TableHead
{
    private static readonly Regex Delimiter = new(
        @"^ {0,3}\| *:?-+:? *(?:\| *:?-+:? *)*\|? *$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Whether a table begins at that line: it is the head, and the next one divides it from the rows.</summary>
    public static bool IsAt(IReadOnlyList<string> lines, int index) =>
        index + 1 < lines.Count && IsRow(lines[index]) && Delimiter.IsMatch(lines[index + 1]);

    /// <summary>Whether a line is a row of the table whose line is above it.</summary>
    public static bool IsRow(string line) => line.TrimStart(' ') is { Length: > 0 } row && row[0] == '|';
}
