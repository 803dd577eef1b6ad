using Markdig.Syntax;

namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A heading with its contents, up to the next heading of its level.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Line">The heading's line, from 1.</param>
/// <param name="Blocks">The blocks directly under it.</param>
/// <param name="Children">The sections under it.</param>
internal sealed record PageSection(string Title, int Line, List<Block> Blocks, List<PageSection> Children)
{
    /// <summary>The document's sections as a tree; blocks before the first heading are ignored.</summary>
    public static List<PageSection> Tree(MarkdownDocument document)
    {
        var root = new PageSection("", 1, [], []);
        var open = new Stack<(int Level, PageSection Section)>();
        open.Push((0, root));
        foreach (var block in document)
        {
            if (block is HeadingBlock heading)
            {
                while (open.Peek().Level >= heading.Level)
                    open.Pop();
                var section = new PageSection(PlainText.Of(heading.Inline), heading.Line + 1, [], []);
                open.Peek().Section.Children.Add(section);
                open.Push((heading.Level, section));
            }
            else
            {
                open.Peek().Section.Blocks.Add(block);
            }
        }

        return root.Children;
    }
}
