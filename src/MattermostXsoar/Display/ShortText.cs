namespace MattermostXsoar.Display;

/// <summary>Texts that are cut to fit a column.</summary>
internal static class ShortText
{
    private const int MostLines = 2;
    private const string Ellipsis = "\u2026";

    /// <summary>
    /// As many words of a text as a column of this width holds on two lines, with an ellipsis where the rest is left
    /// out. The lines are broken here: the formatter breaks them within words.
    /// </summary>
    public static string Of(string text, int width)
    {
        var lines = new List<string>();
        var rest = text;
        while (rest.Length > 0 && lines.Count < MostLines)
        {
            var isLast = lines.Count == MostLines - 1;
            var taken = LineOf(rest, width, isLast);
            var line = rest.Substring(0, taken).TrimEnd();
            rest = rest.Substring(taken).TrimStart();
            lines.Add(isLast && rest.Length > 0 ? line.TrimEnd(',', ';', ':', '.', '(', ' ') + Ellipsis : line);
        }

        return string.Join("\n", lines);
    }

    /// <summary>The beginning and the end of a name, with an ellipsis between, so that it fits a column.</summary>
    public static string Middle(string text, int width)
    {
        if (text.Length <= width)
            return text;
        var end = text.Length - (width / 2);
        if (char.IsLowSurrogate(text[end]))
            end++;
        var beginning = text.Substring(0, Whole(text, width - 1 - (width / 2)));
        return $"{beginning}{Ellipsis}{text.Substring(end)}";
    }

    // How much of a text a line takes: whole words, or as much as fits of a word that is longer.
    private static int LineOf(string text, int width, bool isLast)
    {
        if (text.Length <= width)
            return text.Length;
        // The last line is followed by an ellipsis.
        var room = Math.Max(isLast ? width - Ellipsis.Length : width, 1);
        var space = text.LastIndexOf(' ', room);
        return space > 0 ? space : Whole(text, room);
    }

    // Not half a character.
    private static int Whole(string text, int length) =>
        length > 1 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
