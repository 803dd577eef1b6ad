using System.Text;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>Tables in Mattermost's Markdown.</summary>
internal static class TableMarkdown
{
    // A wider or longer table cannot be read in a chat, and a sparse one grows with the square of what was sent.
    public const int MaxColumns = 20;
    private const int MaxCells = 2000;

    // The head and any row fit together into a post, on servers with a small limit too.
    private const int LongestRow = 1750;

    /// <summary>A table; null for one that is too large to be read in a chat.</summary>
    /// <param name="head">The head's cells as Markdown.</param>
    /// <param name="rows">The rows' cells as Markdown, as many as the head has.</param>
    public static string? Of(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (!Fits(head.Count, rows.Count))
            return null;
        var lines = new List<string> { Row(head), Row(head.Select(_ => "---")) };
        lines.AddRange(rows.Select(Row));
        return lines.Exists(line => line.Length > LongestRow) ? null : string.Join("\n", lines);
    }

    /// <summary>Whether a table is small enough to be read in a chat.</summary>
    public static bool Fits(int columns, int rows) =>
        columns is > 0 and <= MaxColumns && columns * (long)rows <= MaxCells;

    private static string Row(IEnumerable<string> cells) =>
        new StringBuilder("| ").Append(string.Join(" | ", cells)).Append(" |").ToString();
}
