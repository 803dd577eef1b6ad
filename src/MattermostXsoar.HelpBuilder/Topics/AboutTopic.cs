using System.Text;
using Markdig;
using Markdig.Syntax;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.HelpBuilder.Topics;

/// <summary>Creates a topic's text file: headings in capitals, text wrapped to a console's width.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private static readonly string[] Needed = ["Short description", "Long description", "See also"];

    public static string Read(string file, List<PageFault> faults)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var top = PageSection.Tree(Markdown.Parse(File.ReadAllText(file)));
        if (top.Count != 1 || top[0].Title != name)
        {
            Report(1, $"The page must have exactly one title, '# {name}'.");
            return "";
        }

        foreach (var missing in Needed.Where(title => top[0].Children.TrueForAll(section => section.Title != title)))
            Report(top[0].Line, $"The page lacks the section '## {missing}'.");

        // PowerShell uses the line under this heading as the topic's synopsis.
        var text = new StringBuilder("TOPIC\n").Append("    ").Append(name).Append("\n\n");
        foreach (var section in top[0].Children)
            Append(text, section, section.Title.ToUpperInvariant(), Report);
        return text.ToString();

        void Report(int line, string message) => faults.Add(new PageFault(file, line, message));
    }

    private static void Append(StringBuilder text, PageSection section, string title, Action<int, string> report)
    {
        text.Append(title).Append('\n');
        foreach (var block in section.Blocks)
        {
            foreach (var piece in PlainText.Of([block], report))
            {
                foreach (var line in piece.Split('\n'))
                    Wrap(text, line, block is FencedCodeBlock);
            }

            text.Append('\n');
        }

        if (section.Blocks.Count == 0)
            text.Append('\n');
        foreach (var child in section.Children)
            Append(text, child, "  " + child.Title, report);
    }

    private static void Wrap(StringBuilder text, string line, bool isCode)
    {
        var indent = isCode ? "        " : "    ";
        if (isCode)
        {
            text.Append((indent + line).TrimEnd()).Append('\n');
            return;
        }

        var used = 0;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (used > 0 && used + 1 + word.Length > Width)
            {
                text.Append('\n');
                // The continuation of a list item is aligned with its text.
                indent = line.StartsWith("- ", StringComparison.Ordinal) ? "      " : "    ";
                used = 0;
            }

            text.Append(used == 0 ? indent : " ").Append(word);
            used += (used == 0 ? indent.Length : 1) + word.Length;
        }

        text.Append('\n');
    }
}
