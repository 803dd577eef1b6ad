using MattermostXsoar.HelpBuilder;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>A page that is not as it should be fails the build, with its file and line.</summary>
public sealed class MalformedPageTests : IDisposable
{
    private const string PageName = "Stop-MattermostListener";
    private readonly string _folder = Directory.CreateTempSubdirectory("mmx-help-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("## NOTES", "## REMARKS", "lacks the section '## NOTES'")]
    [InlineData("schema: 2.0.0", "schema: 3", "schema: 2.0.0")]
    [InlineData("# Stop-MattermostListener", "# Stop-Listener", "one title")]
    [InlineData("**Permissions:**", "It asks for", "permissions")]
    [InlineData("### Example 2: ", "### Sample 2: ", "### Example 2: …")]
    [InlineData("Required: False", "Required: Perhaps", "'Required:' must be True or False")]
    [InlineData("Type: MattermostXsoar.Sessions.MattermostSession", "Kind: x", "'Kind' does not belong here")]
    [InlineData("Parameter Sets: (All)", "Parameter Sets: Other", "There is no parameter set 'Other'")]
    [InlineData("[-WhatIf]", "[-WhatIff]", "The syntax has [-WhatIff]")]
    [InlineData("[-Session <MattermostSession>]", "-Session <MattermostSession>", "The syntax lacks [-Session <>]")]
    [InlineData("(Start-MattermostListener.md)", "(Start-Nothing.md)", "There is no page 'Start-Nothing.md'")]
    [InlineData("### CommonParameters", "### -Common", "The parameter has no block")]
    public void A_fault_is_reported_where_it_is(string right, string wrong, string message)
    {
        var lines = File.ReadAllLines(Path.Combine(StagedModule.HelpPages, PageName + ".md"));
        var line = Array.FindIndex(lines, text => text.Contains(right, StringComparison.Ordinal));
        Assert.True(line >= 0);
        lines[line] = lines[line].Replace(right, wrong, StringComparison.Ordinal);

        var faults = Build(lines);

        Assert.Contains(faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(
            faults,
            fault => Assert.Matches(@"^/?.*Stop-MattermostListener\.md\(\d+\): error MMXHELP: ", fault.ToString())
        );
        Assert.False(File.Exists(Path.Combine(_folder, "out", HelpFiles.CommandHelp)));
    }

    [Fact]
    public void The_reported_line_is_the_one_at_fault()
    {
        var lines = File.ReadAllLines(Path.Combine(StagedModule.HelpPages, PageName + ".md"));
        var line = Array.FindIndex(lines, text => text.StartsWith("### Example 2", StringComparison.Ordinal));
        lines[line] = "### Example 3: Out of order";

        Assert.Equal(line + 1, Assert.Single(Build(lines)).Line);
    }

    [Fact]
    public void One_example_is_not_enough()
    {
        var text = File.ReadAllText(Path.Combine(StagedModule.HelpPages, PageName + ".md"));
        var start = text.IndexOf("### Example 2", StringComparison.Ordinal);
        var end = text.IndexOf("## PARAMETERS", StringComparison.Ordinal);

        var fault = Assert.Single(Build((text[..start] + text[end..]).Split('\n')));

        Assert.Contains("at least 2 examples", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_itself_has_no_fault()
    {
        Assert.Empty(Build(File.ReadAllLines(Path.Combine(StagedModule.HelpPages, PageName + ".md"))));
        Assert.True(File.Exists(Path.Combine(_folder, "out", HelpFiles.CommandHelp)));
    }

    private IReadOnlyList<PageFault> Build(string[] lines)
    {
        var pages = Directory.CreateDirectory(Path.Combine(_folder, "pages")).FullName;
        // Links lead to neighbours.
        foreach (var neighbour in Directory.EnumerateFiles(StagedModule.HelpPages, "*.md"))
            File.Copy(neighbour, Path.Combine(pages, Path.GetFileName(neighbour)), overwrite: true);
        File.WriteAllLines(Path.Combine(pages, PageName + ".md"), lines);
        return HelpFiles.Build(pages, Path.Combine(_folder, "out"));
    }
}
