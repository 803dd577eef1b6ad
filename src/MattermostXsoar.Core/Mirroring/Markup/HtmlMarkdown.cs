using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// HTML as Markdown: its text, links with their addresses, tables, lists, headings, quotes and code. Nothing is loaded,
/// and pictures are links: a picture in a post would be fetched by whoever reads it.
/// </summary>
internal sealed class HtmlMarkdown
{
    // Deeper elements give their text only. Mails nest tables by the dozen.
    private const int MaxDepth = 100;

    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "svg",
    };

    private static readonly HashSet<string> Paragraphs = new(StringComparer.Ordinal) { "p", "dl", "fieldset", "form" };

    private static readonly HashSet<string> Lines = new(StringComparer.Ordinal)
    {
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "address",
        "center",
        "figure",
        "figcaption",
        "details",
        "summary",
        "dt",
        "dd",
        "li",
        "tr",
        "td",
        "th",
        "caption",
        "option",
    };

    private readonly StringBuilder _text = new();
    private readonly InlineText _line = new();

    // In a list, a quote or a cell: there Mattermost draws no tables.
    private readonly bool _isNested;
    private readonly bool _isCell;
    private int _gap;

    private HtmlMarkdown(bool isNested, bool isCell)
    {
        (_isNested, _isCell) = (isNested, isCell);
    }

    /// <summary>The Markdown of an HTML text.</summary>
    public static string Of(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        return document.Body is { } body ? Of(body, 0, isNested: false, isCell: false) : "";
    }

    private static string Of(INode node, int depth, bool isNested, bool isCell)
    {
        var markdown = new HtmlMarkdown(isNested, isCell);
        markdown.Children(node, depth);
        markdown.EndLine(0);
        return markdown._text.ToString();
    }

    private void Children(INode node, int depth)
    {
        for (var child = node.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.NodeType == NodeType.Text)
                _line.AddText(child.NodeValue);
            else if (child is IElement element && !Hidden.Contains(element.LocalName))
                Element(element, depth + 1);
        }
    }

    private void Element(IElement element, int depth)
    {
        var name = element.LocalName;
        if (depth > MaxDepth)
            _line.AddText(" " + TextOf(element) + " ");
        else if (name == "br")
            _line.AddBreak();
        else if (name == "a" && element.GetAttribute("href") is { Length: > 0 } href)
            Link(element, href.Trim(), depth);
        else if (name == "img")
            Picture(element);
        else if (name is "code" or "kbd" or "samp" or "tt")
            _line.AddCode(TextOf(element));
        else if (!_isCell && IsBlock(element, depth) is { } block)
            Block(block, 2);
        else if (Paragraphs.Contains(name) || Lines.Contains(name) || name is "ul" or "ol" or "table" or "pre")
            Container(element, Paragraphs.Contains(name) ? 2 : 1, depth);
        else
            Children(element, depth);
    }

    // The Markdown of an element that is a block by itself; null for any other.
    private string? IsBlock(IElement element, int depth) =>
        element.LocalName switch
        {
            "hr" => "---",
            "pre" => PlainText.Block(TextOf(element).Trim('\n', '\r').Replace("\r", "")),
            "blockquote" => Markdown.Quote(Of(element, depth, isNested: true, isCell: false)),
            "ul" or "ol" => List(element, depth),
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => Heading(element, depth),
            "table" => _isNested ? null : Table(element, depth),
            _ => null,
        };

    private void Container(IElement element, int gap, int depth)
    {
        EndLine(gap);
        Children(element, depth);
        if (_isCell)
            _line.AddText(" ");
        EndLine(gap);
    }

    private void Block(string markdown, int gap)
    {
        EndLine(gap);
        if (markdown.Length > 0)
            Append(markdown);
        _gap = gap;
    }

    // Ends the line at hand; at least that many line ends follow it.
    private void EndLine(int gap)
    {
        if (_isCell && gap > 0)
        {
            _line.AddText(" ");
            return;
        }

        var line = _line.Take(_isCell);
        if (line.Length > 0)
        {
            Append(line);
            _gap = gap;
        }

        _gap = Math.Max(_gap, gap);
    }

    private void Append(string markdown)
    {
        if (_text.Length > 0)
            _text.Append('\n', Math.Max(1, _gap));
        _text.Append(markdown);
    }

    private void Link(IElement element, string href, int depth)
    {
        var label = Of(element, depth, isNested: true, isCell: true);
        if (LinkAddress.Of(href) is { } address)
        {
            var text = label.Length > 0 ? label : PlainText.Cell(href);
            _line.AddMarkdown(text == address ? text : $"[{text}]({address})");
            return;
        }

        _line.AddMarkdown(label);
        if (href[0] != '#')
            _line.AddText((label.Length > 0 ? " " : "") + "(" + href + ")");
    }

    private void Picture(IElement element)
    {
        var text = PlainText.Cell(element.GetAttribute("alt") ?? "");
        if (LinkAddress.Of(element.GetAttribute("src")?.Trim() ?? "") is { } address)
            _line.AddMarkdown($"[{(text.Length > 0 ? text : "picture")}]({address})");
        else
            _line.AddMarkdown(text);
    }

    private static string Heading(IElement element, int depth)
    {
        var text = Of(element, depth, isNested: true, isCell: true);
        return text.Length == 0 ? "" : new string('#', element.LocalName[1] - '0') + " " + text;
    }

    private static string List(IElement list, int depth)
    {
        var items = new List<string>();
        foreach (var item in list.Children.Where(child => !Hidden.Contains(child.LocalName)))
        {
            var text = Of(item, depth, isNested: true, isCell: false).Replace("\n\n", "\n");
            var mark =
                list.LocalName == "ol" ? (items.Count + 1).ToString(CultureInfo.InvariantCulture) + ". "
                : item.LocalName is "ul" or "ol" ? "    "
                : "- ";
            items.Add(mark + text.Replace("\n", "\n    "));
        }

        return string.Join("\n", items);
    }

    // Null for a table that only arranges text, or one that is too large.
    private static string? Table(IElement table, int depth)
    {
        if (table.QuerySelector("table") is not null)
            return null;
        var rows = table.QuerySelectorAll("tr").ToList();
        var columns = rows.Count == 0 ? 0 : rows.Max(row => CellsOf(row).Sum(SpanOf));
        if (columns < 2 || !TableMarkdown.Fits(columns, rows.Count))
            return null;
        var cells = rows.ConvertAll(row => (IReadOnlyList<string>)Cells(row, columns, depth));
        var hasHead =
            CellsOf(rows[0]).All(cell => cell.LocalName == "th") || rows[0].ParentElement?.LocalName == "thead";
        var head = hasHead ? cells[0] : [.. Enumerable.Repeat("", columns)];
        var markdown = TableMarkdown.Of(head, hasHead ? cells.GetRange(1, cells.Count - 1) : cells);
        var caption = table.Children.FirstOrDefault(child => child.LocalName == "caption");
        return markdown is null || caption is null
            ? markdown
            : Of(caption, depth, isNested: true, isCell: false) + "\n\n" + markdown;
    }

    private static List<string> Cells(IElement row, int columns, int depth)
    {
        var cells = new List<string>();
        foreach (var cell in CellsOf(row))
        {
            cells.Add(Of(cell, depth, isNested: true, isCell: true));
            cells.AddRange(Enumerable.Repeat("", SpanOf(cell) - 1));
        }

        cells.AddRange(Enumerable.Repeat("", Math.Max(0, columns - cells.Count)));
        return cells;
    }

    private static IEnumerable<IElement> CellsOf(IElement row) =>
        row.Children.Where(child => child.LocalName is "td" or "th");

    private static int SpanOf(IElement cell) =>
        int.TryParse(cell.GetAttribute("colspan"), NumberStyles.None, CultureInfo.InvariantCulture, out var span)
            ? Math.Min(Math.Max(1, span), TableMarkdown.MaxColumns + 1)
            : 1;

    // Without recursion: nobody limits how deep a page nests.
    private static string TextOf(INode root)
    {
        var text = new StringBuilder();
        var node = root.FirstChild;
        while (node is not null)
        {
            if (node.NodeType == NodeType.Text)
                text.Append(node.NodeValue);
            else if (node is IElement { LocalName: "br" })
                text.Append('\n');
            var next = node is IElement element && Hidden.Contains(element.LocalName) ? null : node.FirstChild;
            while (next is null && node is not null && node != root)
            {
                next = node.NextSibling;
                node = next ?? node.Parent;
            }

            node = next;
        }

        return text.ToString();
    }
}
