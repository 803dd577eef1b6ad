using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostXsoar.Core.Tests.Mirroring.Markup;

/// <summary>
/// A post as it is drawn: Markdig, set up like Mattermost's fork of marked (https://github.com/mattermost/marked): pipe
/// tables, strikethrough, autolinks, line ends that end lines, HTML shown as text.
/// </summary>
/// <remarks>
/// What Markdig does not do is added here: a table needs an empty line or a heading above it, and emoji codes, hashtags
/// and names of channels are drawn as something else. Differences that remain: the fork escapes fewer signs with a
/// backslash than CommonMark (not <c>&lt; : $ &amp; @</c>, and no backslash before a letter), does not take a backslash
/// from an escaped pipe in code, draws no tables in lists, and has formulas and emoticons. The module writes none of
/// these; <see cref="Source"/> serves the tests that make sure of it.
/// </remarks>
internal static partial class DrawnPost
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak()
        .DisableHtml()
        .Build();

    /// <summary>
    /// The blocks: <c>p:</c>, <c>h1:</c>, <c>code:</c>, <c>quote:</c>, <c>li:</c>, <c>hr:</c>, and a table's
    /// <c>head:</c> and <c>row:</c> with <c>¦</c> between the cells. What is not drawn as text is in brackets:
    /// <c>⟦b bold⟧</c>, <c>⟦a label address⟧</c>.
    /// </summary>
    public static IReadOnlyList<string> Of(string message)
    {
        // The web app's preprocessing.
        var source = message
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Replace('\u2424', '\n');
        var lines = source.Split('\n');
        var result = new List<string>();
        foreach (var block in Markdig.Markdown.Parse(source, Pipeline))
            Add(result, block, lines, "");
        return result;
    }

    /// <summary>The text of the blocks, one below the other, without what we put into it against mentions.</summary>
    public static string TextOf(IEnumerable<string> blocks) =>
        string.Join('\n', blocks.Select(block => block[(block.IndexOf(": ", StringComparison.Ordinal) + 2)..]))
            .Replace("@\u200B", "@", StringComparison.Ordinal)
            .Replace("&\u200B", "&", StringComparison.Ordinal);

    /// <summary>The message without its code, where the differences named above would show.</summary>
    public static string Source(string message) => CodeSpan().Replace(CodeBlock().Replace(message, ""), "");

    private static void Add(List<string> result, Block block, string[] lines, string prefix)
    {
        switch (block)
        {
            case HeadingBlock heading:
                result.Add($"{prefix}h{heading.Level}: {Text(heading.Inline)}");
                break;
            case CodeBlock code:
                result.Add($"{prefix}code: {code.Lines}");
                break;
            case ThematicBreakBlock:
                result.Add(prefix + "hr: ");
                break;
            case Table table when table.Line == 0 || IsTableStart(lines[table.Line - 1]):
                foreach (var row in table.OfType<TableRow>())
                    result.Add(
                        (row.IsHeader ? "head: " : "row: ")
                            + string.Join(
                                '¦',
                                row.OfType<TableCell>()
                                    .Select(cell =>
                                        string.Concat(cell.OfType<ParagraphBlock>().Select(p => Text(p.Inline)))
                                    )
                            )
                    );
                break;
            case Table table:
                result.Add(
                    prefix + "p: " + string.Join('\n', lines.Skip(table.Line).TakeWhile(line => line.Length > 0))
                );
                break;
            case QuoteBlock quote:
                foreach (var child in quote)
                    Add(result, child, lines, prefix + "quote ");
                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>())
                foreach (var child in item)
                    Add(result, child, lines, prefix + "li ");
                break;
            case LinkReferenceDefinitionGroup:
                break;
            case LeafBlock leaf:
                result.Add(prefix + "p: " + Text(leaf.Inline));
                break;
            default:
                throw new InvalidOperationException(block.GetType().Name);
        }
    }

    private static bool IsTableStart(string lineAbove) => lineAbove.Trim().Length == 0 || Heading().IsMatch(lineAbove);

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            text.Append(
                inline switch
                {
                    LiteralInline literal => Decorated(literal.Content.ToString()),
                    CodeInline code => code.Content,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    LineBreakInline => "\n",
                    AutolinkInline link => $"⟦a {link.Url}⟧",
                    LinkInline { IsImage: true } image => $"⟦image {image.Url}⟧",
                    LinkInline { IsAutoLink: true } link => link.Url,
                    LinkInline link => $"⟦a {Text(link)} {link.Url}⟧",
                    EmphasisInline { DelimiterChar: '~' } strike => $"⟦s {Text(strike)}⟧",
                    EmphasisInline { DelimiterCount: 2 } bold => $"⟦b {Text(bold)}⟧",
                    EmphasisInline italic => $"⟦i {Text(italic)}⟧",
                    ContainerInline container => Text(container),
                    _ => throw new InvalidOperationException(inline.GetType().Name),
                }
            );
        return text.ToString();
    }

    private static string Decorated(string text) =>
        Channel().Replace(Hashtag().Replace(Emoji().Replace(text, "⟦emoji $1⟧"), "⟦tag $1⟧"), "⟦channel $1⟧");

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?\n {0,3}\1 *$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^ *#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@":(?!\d\d?:)([A-Za-z0-9_+-]+):")]
    private static partial Regex Emoji();

    [GeneratedRegex(@"(?<![\w/])#(\p{L}[\w.-]+)")]
    private static partial Regex Hashtag();

    [GeneratedRegex(@"(?<!\w)~([a-z0-9_-]+)")]
    private static partial Regex Channel();
}
