using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Markdown as the text that Get-Help shows: paragraphs, lists and code, without markup.</summary>
internal static class PlainText
{
    /// <summary>One text per paragraph, list or piece of code.</summary>
    public static List<string> Of(IEnumerable<Block> blocks, Action<int, string> report)
    {
        var texts = new List<string>();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    texts.Add(Of(paragraph.Inline));
                    break;
                case ListBlock list:
                    texts.Add(
                        string.Join(
                            '\n',
                            list.Cast<ListItemBlock>().Select(item => "- " + string.Join('\n', Of(item, report)))
                        )
                    );
                    break;
                case FencedCodeBlock code:
                    texts.Add(Code(code));
                    break;
                default:
                    report(block.Line + 1, $"Get-Help cannot show this: {block.GetType().Name}.");
                    break;
            }
        }

        return texts;
    }

    public static string Code(FencedCodeBlock code) => code.Lines.ToString();

    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
            Append(text, inline);
        return text.ToString().Trim();
    }

    private static void Append(StringBuilder text, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case LinkInline link:
                text.Append(Of((ContainerInline)link));
                // An address within these pages is of no use at a prompt.
                if (link.Url is { } address && address.Contains("://", StringComparison.Ordinal))
                    text.Append(" (").Append(address).Append(')');
                break;
            case ContainerInline container:
                foreach (var child in container)
                    Append(text, child);
                break;
        }
    }
}
