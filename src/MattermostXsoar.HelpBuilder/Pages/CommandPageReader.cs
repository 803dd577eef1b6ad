using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Reads a command's page in the format of PlatyPS 2.0.0, and reports everything that is wrong with
/// it.</summary>
internal sealed class CommandPageReader
{
    private static readonly string[] Sections =
    [
        "SYNOPSIS",
        "SYNTAX",
        "DESCRIPTION",
        "EXAMPLES",
        "PARAMETERS",
        "INPUTS",
        "OUTPUTS",
        "NOTES",
        "RELATED LINKS",
    ];

    private static readonly string[] FrontMatter =
    [
        $"external help file: {HelpFiles.CommandHelp}",
        "Module Name: MattermostXsoar",
        "schema: 2.0.0",
    ];

    private const int FewestExamples = 2;
    private const string CommonParameters = "CommonParameters";
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    private readonly string _file;
    private readonly List<PageFault> _faults;
    private readonly int _faultsBefore;

    private CommandPageReader(string file, List<PageFault> faults)
    {
        _file = file;
        _faults = faults;
        _faultsBefore = faults.Count;
    }

    /// <summary>The page, or null if it has a fault.</summary>
    public static CommandPage? Read(string file, List<PageFault> faults) =>
        new CommandPageReader(file, faults).Read(Markdown.Parse(File.ReadAllText(file), Pipeline));

    private CommandPage? Read(MarkdownDocument document)
    {
        CheckFrontMatter(document);
        var name = Path.GetFileNameWithoutExtension(_file);
        var top = PageSection.Tree(document);
        if (top.Count != 1 || top[0].Title != name)
        {
            Report(top.Count == 0 ? 1 : top[^1].Line, $"The page must have exactly one title, '# {name}'.");
            return null;
        }

        if (!CheckSections(top[0]))
            return null;
        var sections = top[0].Children.ToDictionary(section => section.Title, StringComparer.Ordinal);
        var page = new CommandPage(
            name,
            string.Join(' ', Texts(sections["SYNOPSIS"])),
            Syntax(sections["SYNTAX"]),
            Texts(sections["DESCRIPTION"]),
            Examples(sections["EXAMPLES"]),
            Parameters(sections["PARAMETERS"]),
            Types(sections["INPUTS"]),
            Types(sections["OUTPUTS"]),
            Texts(sections["NOTES"], mayBeEmpty: true),
            Links(sections["RELATED LINKS"])
        );
        if (page.Description.Count > 0 && !page.Description[0].StartsWith("Permissions:", StringComparison.Ordinal))
            Report(
                sections["DESCRIPTION"].Line,
                "The description must begin with the permissions that the tokens need: '**Permissions:** …'."
            );
        if (_faults.Count == _faultsBefore)
            SyntaxCheck.Compare(page, Report);
        return _faults.Count == _faultsBefore ? page : null;
    }

    private void CheckFrontMatter(MarkdownDocument document)
    {
        var lines = document.FirstOrDefault() is YamlFrontMatterBlock block ? block.Lines.ToString().Split('\n') : [];
        foreach (var needed in FrontMatter.Where(needed => !lines.Contains(needed)))
            Report(1, $"The page must begin with a block between '---' that contains '{needed}'.");
    }

    private bool CheckSections(PageSection top)
    {
        var titles = top.Children.ConvertAll(section => section.Title);
        foreach (var missing in Sections.Except(titles))
            Report(top.Line, $"The page lacks the section '## {missing}'.");
        foreach (var section in top.Children.Where(section => !Sections.Contains(section.Title)))
            Report(section.Line, $"A page must not have the section '{section.Title}'.");
        foreach (var twice in top.Children.GroupBy(section => section.Title).Where(group => group.Count() > 1))
            Report(twice.Last().Line, $"The section '{twice.Key}' appears twice.");
        if (_faults.Count > _faultsBefore)
            return false;
        if (!titles.SequenceEqual(Sections))
            Report(
                top.Children.Where((section, place) => section.Title != Sections[place]).First().Line,
                $"The order of sections must be {string.Join(", ", Sections)}."
            );
        return true;
    }

    private List<SyntaxHelp> Syntax(PageSection section)
    {
        var sets = section.Children.Count == 0 ? [section with { Title = "" }] : section.Children;
        var found = new List<SyntaxHelp>();
        foreach (var set in sets)
        {
            if (set.Blocks is [FencedCodeBlock code])
                found.Add(
                    new SyntaxHelp(
                        set.Title.Replace(" (Default)", "", StringComparison.Ordinal),
                        PlainText.Code(code),
                        code.Line + 1
                    )
                );
            else
                Report(set.Line, "A parameter set must be one piece of code.");
        }

        return found;
    }

    private List<ExampleHelp> Examples(PageSection section)
    {
        var found = new List<ExampleHelp>();
        foreach (var example in section.Children)
        {
            if (!example.Title.StartsWith($"Example {found.Count + 1}: ", StringComparison.Ordinal))
                Report(example.Line, $"The heading must be '### Example {found.Count + 1}: …'.");
            if (example.Blocks.FirstOrDefault() is not FencedCodeBlock { Info: "powershell" } code)
            {
                Report(example.Line, "An example must begin with a piece of code marked 'powershell'.");
                continue;
            }

            var output = example.Blocks.ElementAtOrDefault(1) as FencedCodeBlock;
            var remarks = PlainText.Of(example.Blocks.Skip(output is null ? 1 : 2), Report);
            if (remarks.Count == 0)
                Report(example.Line, "An example must explain what it shows.");
            found.Add(
                new ExampleHelp(
                    example.Title,
                    PlainText.Code(code),
                    output is null ? "" : PlainText.Code(output),
                    remarks
                )
            );
        }

        if (found.Count < FewestExamples)
            Report(section.Line, $"A page must have at least {FewestExamples} examples; this one has {found.Count}.");
        return found;
    }

    private List<ParameterHelp> Parameters(PageSection section)
    {
        var found = new List<ParameterHelp>();
        foreach (var parameter in section.Children.Where(child => child.Title != CommonParameters))
        {
            if (!parameter.Title.StartsWith('-'))
                Report(parameter.Line, "A parameter's heading must be '### -Name'.");
            var blocks = parameter.Blocks.OfType<FencedCodeBlock>().Where(block => block.Info == "yaml").ToList();
            if (blocks.Count == 0)
                Report(parameter.Line, "The parameter has no block marked 'yaml'.");
            var uses = blocks
                .Select(block => ParameterUseReader.Read(PlainText.Code(block), block.Line + 1, Report))
                .OfType<ParameterUse>()
                .ToList();
            var description = PlainText.Of(parameter.Blocks.Except(blocks), Report);
            if (description.Count == 0)
                Report(parameter.Line, "The parameter is not described.");
            found.Add(new ParameterHelp(parameter.Title.TrimStart('-'), description, uses, parameter.Line));
        }

        if (section.Children.All(child => child.Title != CommonParameters))
            Report(section.Line, $"The page lacks '### {CommonParameters}'.");
        return found;
    }

    private List<TypeHelp> Types(PageSection section)
    {
        if (section.Children.Count == 0)
            Report(section.Line, $"'{section.Title}' must name a type, or None.");
        return section.Children.ConvertAll(type => new TypeHelp(type.Title, Texts(type)));
    }

    private List<string> Texts(PageSection section, bool mayBeEmpty = false)
    {
        var texts = PlainText.Of(section.Blocks, Report);
        if (texts.Count == 0 && !mayBeEmpty)
            Report(section.Line, $"The section '{section.Title}' is empty.");
        return texts;
    }

    private List<LinkHelp> Links(PageSection section)
    {
        var found = new List<LinkHelp>();
        var links = section
            .Blocks.OfType<LeafBlock>()
            .SelectMany(block =>
                (block.Inline?.Descendants<LinkInline>() ?? []).Select(link => (block.Line, Link: link))
            );
        foreach (var (line, link) in links)
        {
            var address = link.Url ?? "";
            if (
                !address.Contains("://", StringComparison.Ordinal)
                && !File.Exists(Path.Combine(Path.GetDirectoryName(_file)!, address))
            )
                Report(line + 1, $"There is no page '{address}'.");
            found.Add(new LinkHelp(PlainText.Of((ContainerInline)link), address));
        }

        if (found.Count == 0)
            Report(section.Line, "The page must name a related page.");
        return found;
    }

    private void Report(int line, string message) => _faults.Add(new PageFault(_file, line, message));
}
