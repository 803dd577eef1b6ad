using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>An entry's content as Markdown, by its format: tables as tables, JSON in a fence, HTML as text.</summary>
internal static class EntryMarkdown
{
    // A wider or longer table cannot be read in a chat, and a sparse one grows with the square of what was sent.
    private const int MaxColumns = 20;
    private const int MaxCells = 2000;

    // Only for people to read, inside a fence: no character has to be escaped for a browser.
    private static readonly JsonWriterOptions ForPeople = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);
    private static readonly Regex Breaks = new(
        @"<\s*(br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        MatchTimeout
    );
    private static readonly Regex Hidden = new(
        @"<\s*(script|style)\b.*?<\s*/\s*\1\s*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        MatchTimeout
    );
    private static readonly Regex Tags = new(@"<[^>]*>", RegexOptions.CultureInvariant, MatchTimeout);
    private static readonly Regex ManyBreaks = new(@"\n{3,}", RegexOptions.CultureInvariant, MatchTimeout);

    public static string Of(XsoarEntry entry)
    {
        var contents = Contents(entry);
        return entry.Format switch
        {
            "table" or "json" => Structured(contents, entry.Format == "table"),
            "html" => FromHtml(contents),
            _ => entry.ContentsIsJson ? Structured(contents, asTable: false) : contents,
        };
    }

    /// <summary>The content as it was sent, whatever its format.</summary>
    public static string Raw(XsoarEntry entry) => Fenced("", Contents(entry));

    private static string Contents(XsoarEntry entry) => entry.Contents.Replace("\r\n", "\n").TrimEnd();

    private static string Structured(string contents, bool asTable)
    {
        if (contents.Length == 0)
            return contents;
        try
        {
            using var document = JsonDocument.Parse(contents);
            if (asTable && Table(document.RootElement) is { } table)
                return "\n" + table;
            return Fenced("json", Indented(document.RootElement));
        }
        catch (JsonException)
        {
            return asTable ? contents : Fenced("", contents);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON, but no text.
            return Fenced("json", contents);
        }
    }

    private static string Indented(JsonElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, ForPeople))
            root.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n");
    }

    private static string? Table(JsonElement root)
    {
        var rows = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
        if (rows.Count == 0 || rows.Exists(row => row.ValueKind != JsonValueKind.Object))
            return null;
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(property => property.Name))
            .Distinct(StringComparer.Ordinal)
            .Take(MaxColumns + 1)
            .ToList();
        if (columns.Count is 0 or > MaxColumns || columns.Count * rows.Count > MaxCells)
            return null;
        var text = new StringBuilder();
        Row(text, columns);
        Row(text, columns.Select(_ => "---"));
        foreach (var row in rows)
            Row(text, columns.Select(column => row.TryGetProperty(column, out var value) ? Cell(value) : ""));
        return text.ToString().TrimEnd('\n');
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ")
            .Append(string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|").Replace("\n", " "))))
            .Append(" |\n");

    private static string Cell(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };

    private static string Fenced(string language, string text)
    {
        var fence = "```";
        while (text.Contains(fence))
            fence += "`";
        return $"\n{fence}{language}\n{text}\n{fence}";
    }

    private static string FromHtml(string html)
    {
        try
        {
            var text = Tags.Replace(Breaks.Replace(Hidden.Replace(html, ""), "\n"), "");
            return ManyBreaks.Replace(WebUtility.HtmlDecode(text), "\n\n").Trim();
        }
        catch (RegexMatchTimeoutException)
        {
            return Fenced("html", html);
        }
    }
}
