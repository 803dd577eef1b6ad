using MattermostXsoar.HelpBuilder.Maml;
using MattermostXsoar.HelpBuilder.Pages;
using MattermostXsoar.HelpBuilder.Topics;

namespace MattermostXsoar.HelpBuilder;

/// <summary>Creates the help files of a folder of pages: one MAML file of all commands, and a text file for each
/// topic.</summary>
internal static class HelpFiles
{
    /// <summary>
    /// PowerShell looks for this name, which is that of the cmdlets' assembly, the same for both builds, in the
    /// culture's folder below the module's own.
    /// </summary>
    public const string CommandHelp = "MattermostXsoar.dll-Help.xml";

    private const string TopicPrefix = "about_";

    /// <summary>Reads the pages and writes the files. If a page has a fault, nothing is written.</summary>
    /// <returns>The faults of the pages.</returns>
    public static IReadOnlyList<PageFault> Build(string pagesFolder, string outputFolder)
    {
        var faults = new List<PageFault>();
        var pages = new List<CommandPage>();
        var topics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(pagesFolder, "*.md").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name.StartsWith(TopicPrefix, StringComparison.Ordinal))
                topics.Add(name, AboutTopic.Read(file, faults));
            else if (CommandPageReader.Read(file, faults) is { } page)
                pages.Add(page);
        }

        if (pages.Count == 0 && faults.Count == 0)
            faults.Add(new PageFault(pagesFolder, 1, "The folder contains no page of a command."));
        if (faults.Count > 0)
            return faults;

        Directory.CreateDirectory(outputFolder);
        MamlFile.Write(Path.Combine(outputFolder, CommandHelp), pages);
        foreach (var (name, text) in topics)
            File.WriteAllText(Path.Combine(outputFolder, name + ".help.txt"), text);
        return faults;
    }
}
