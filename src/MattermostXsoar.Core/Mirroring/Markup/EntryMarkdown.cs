using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// An entry's content as Markdown, by its format: text as it is, tables as tables, JSON in a fence, HTML as text with
/// links and tables, Markdown with its formatting.
/// </summary>
internal static class EntryMarkdown
{
    // More than a channel is shown anyway.
    private const int LongestHtml = 1_000_000;

    // Only for people to read, inside a fence or cell: no character has to be escaped for a browser.
    private static readonly JsonWriterOptions OnOneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly JsonWriterOptions ForPeople = OnOneLine with { Indented = true };

    public static string Of(XsoarEntry entry)
    {
        var contents = Contents(entry);
        if (contents.Length == 0)
            return contents;
        return entry.Format switch
        {
            "table" or "json" => Structured(contents, entry.Format == "table"),
            _ when entry.ContentsIsJson => Structured(contents, asTable: false),
            "html" => contents.Length > LongestHtml ? PlainText.Block(contents, "html") : HtmlMarkdown.Of(contents),
            "markdown" => Framed(contents),
            _ => PlainText.Body(contents),
        };
    }

    /// <summary>The content as it was sent, whatever its format.</summary>
    public static string Raw(XsoarEntry entry) => PlainText.Block(Contents(entry));

    private static string Contents(XsoarEntry entry) =>
        entry.Contents.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd();

    // The author's Markdown. Its tables are drawn as tables, and a block of code that it leaves open ends with it.
    private static string Framed(string contents)
    {
        var lines = contents.Split('\n');
        var fence = new CodeFence();
        var text = new StringBuilder(contents.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                text.Append('\n');
            if (i > 0 && !fence.IsOpen && TableHead.IsAt(lines, i) && !TableHead.IsRow(lines[i - 1]))
                text.Append(string.IsNullOrWhiteSpace(lines[i - 1]) ? "" : "\n");
            text.Append(lines[i]);
            fence.Take(lines[i]);
        }

        return fence.IsOpen ? text.Append('\n').Append(fence.Closing).ToString() : text.ToString();
    }

    private static string Structured(string contents, bool asTable)
    {
        try
        {
            using var document = JsonDocument.Parse(contents);
            return asTable && Table(document.RootElement) is { } table
                ? table
                : PlainText.Block(Text(document.RootElement, ForPeople), "json");
        }
        catch (JsonException)
        {
            return asTable ? PlainText.Body(contents) : PlainText.Block(contents);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON, but no text.
            return PlainText.Block(contents, "json");
        }
    }

    private static string Text(JsonElement element, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n");
    }

    private static string? Table(JsonElement root)
    {
        var rows = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
        if (rows.Count == 0 || rows.Exists(row => row.ValueKind != JsonValueKind.Object))
            return null;
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(property => property.Name))
            .Distinct(StringComparer.Ordinal)
            .Take(TableMarkdown.MaxColumns + 1)
            .ToList();
        if (!TableMarkdown.Fits(columns.Count, rows.Count))
            return null;
        return TableMarkdown.Of(
            columns.ConvertAll(PlainText.Cell),
            rows.ConvertAll(row =>
                (IReadOnlyList<string>)
                    columns.ConvertAll(column => row.TryGetProperty(column, out var value) ? Cell(value) : "")
            )
        );
    }

    private static string Cell(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => PlainText.Cell(value.GetString() ?? ""),
            JsonValueKind.Null => "",
            _ => PlainText.Cell(Text(value, OnOneLine)),
        };
}
