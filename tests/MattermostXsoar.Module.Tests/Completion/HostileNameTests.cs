using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Module.Tests.Display;
using MattermostXsoar.Module.Tests.Groups;

namespace MattermostXsoar.Module.Tests.Completion;

/// <summary>
/// Names that other people chose, completed with the Tab key: whatever quote the person began with, the argument is one
/// constant string with exactly the name.
/// </summary>
public sealed class HostileNameTests
{
    private const string Complete = "(TabExpansion2 $line $line.Length)";

    private static readonly string[] Names =
    [
        "al",
        "al x",
        "al'; sv pwned 1; '",
        "al\"; sv pwned 1; \"",
        "al\u2018; sv pwned 1; \u2019",
        "al\u201a; sv pwned 1; \u201b",
        "al\u201c; sv pwned 1; \u201d",
        "al\u201e; sv pwned 1; \u201e",
        "al$(sv pwned 1)",
        "al`$(sv pwned 1)",
        "al`",
        "al`n`u{41}",
        "al$pwned",
        "al\nsv pwned 1",
        "al\r\nsv pwned 1 #",
        "al; sv pwned 1",
        "al|sv pwned 1",
        "al&sv pwned 1",
        "al,b",
        "al\u2014x",
        "al*?[x]",
        "al{x}",
        "al#x",
        "al%x",
        "al\u3164",
        HostileText.Value,
        "al👨‍👩‍👧",
        "-al",
        "\u2013al",
        "@al",
        "@{al}",
        "#al",
        "$al",
        "~al",
        "(al)",
        "<#al",
        "--%",
        "1e3",
        "0x10",
        "10kb",
        "'al",
        "\"al",
        "\u201eal",
    ];

    // What the person typed after the blank, and the beginning of a name that it stands for.
    public static TheoryData<string, string> Beginnings =>
        new()
        {
            { "", "" },
            { "al", "al" },
            { "AL", "al" },
            { "'", "" },
            { "\"", "" },
            { "'al", "al" },
            { "\"al", "al" },
            { "\u2018al", "al" },
            { "\u2019al", "al" },
            { "\u201aal", "al" },
            { "\u201bal", "al" },
            { "\u201cal", "al" },
            { "\u201dal", "al" },
            { "\u201eal", "al" },
            { "'al'", "al" },
            { "\"al\"", "al" },
            { "\u201cal\u201e", "al" },
            { "'al x", "al x" },
            { "'al$", "al$" },
            { "'al''", "al'" },
            { "\"al`$", "al$" },
            { "\"al``", "al`" },
            { "\"al`\"", "al\"" },
            { "al`$", "al$" },
            { "al` x", "al x" },
            { "'@{", "@{" },
            { "'#", "#" },
            { "'~al", "~al" },
            { "\"`$", "$" },
            { "-Group:al", "al" },
            { "-Group:\u201eal", "al" },
        };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task A_completed_name_is_one_constant_string(string typed, string begun)
    {
        await using var scene = await StartAsync();

        var completed = await CompleteAsync(scene, "Get-MattermostGroupMember " + typed);

        // The marks of a user and a channel may be left out.
        var name = begun.TrimStart('@', '~');
        var expected = Names
            .Concat(GroupScene.Licensed.Seed!.Groups.Select(group => group.Name))
            .Where(text =>
                text.StartsWith(begun, StringComparison.OrdinalIgnoreCase)
                || text.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            );
        // Windows PowerShell has no way to write such characters.
        if (StagedModule.Edition == "Desktop")
            expected = expected.Where(text => !text.Any(char.IsControl) && text != "al\u3164");
        Assert.Equal(expected.Order(StringComparer.Ordinal), completed.Select(ValueOf).Order(StringComparer.Ordinal));
    }

    // There is no constant text to complete: nothing is offered rather than something that runs.
    [Theory]
    [InlineData("al$(x)")]
    [InlineData("\"al$(x)")]
    [InlineData("\"al$(")]
    [InlineData("\"$x al")]
    [InlineData("\u201eal$(x) ")]
    [InlineData("@'\nal")]
    public async Task Nothing_is_offered_inside_an_expression(string typed)
    {
        await using var scene = await StartAsync();

        var completed = await CompleteAsync(scene, "Get-MattermostGroupMember " + typed);

        Assert.DoesNotContain(completed, line => line.Contains("pwned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_and_tooltips_of_every_completer_are_visible()
    {
        await using var scene = await StartAsync();
        var hostile = HostileText.Value;
        scene.Sandbox.Mattermost.CreateChannel("admin", "alpha", "x").DisplayName = hostile;
        scene.Sandbox.Mattermost.CreateUser("alex", hostile, hostile);
        scene.Sandbox.Mattermost.AddToTeam("panw", "alex");
        scene.Sandbox.Mattermost.CreateTeam("alteam", hostile, "admin");

        foreach (
            var (line, words) in new[]
            {
                ("Get-MattermostGroupMember al", 1),
                ("Get-MattermostChannel alp", 1),
                ("Get-MattermostUser alex", 1),
                ("Get-MattermostTeam alt", 1),
            }
        )
        {
            scene.Engine.Set("line", line);
            var matches = (await scene.InvokeAsync(Complete + ".CompletionMatches")).Succeeded();
            Assert.InRange(matches.Count, words, int.MaxValue);
            // Windows PowerShell cannot write such characters in a string: a name with them is not completed there.
            if (
                StagedModule.Build == "net8.0"
                || !line.StartsWith("Get-MattermostGroupMember", StringComparison.Ordinal)
            )
                Assert.Contains(
                    matches,
                    match => match.Get("ToolTip")!.ToString()!.Contains(@"\u{202E}", StringComparison.Ordinal)
                );
            foreach (var match in matches)
            {
                foreach (var property in new[] { "ListItemText", "ToolTip", "CompletionText" })
                {
                    var text = match.Get(property)!.ToString();
                    HostileText.AssertNotIn(text!.Replace("\u200d", "", StringComparison.Ordinal));
                    Assert.DoesNotContain('\n', text);
                }
            }
        }
    }

    [Fact]
    public async Task Wildcards_in_a_name_are_escaped_where_the_parameter_takes_them()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "al1", "x").Name = "al[1]*";
        scene.Sandbox.Mattermost.CreateChannel("admin", "al2", "x").Name = "al1";

        var line = Assert.Single(await CompleteAsync(scene, "Get-MattermostChannel 'al["));
        Assert.Equal("al`[1`]`*", ValueOf(line));
        Assert.Equal("al[1]*", (await scene.InvokeAsync(line)).Single().Get("Name"));

        Assert.Equal("al[1]*", ValueOf(Assert.Single(await CompleteAsync(scene, "Get-MattermostUser -Channel 'al["))));
    }

    [Fact]
    public async Task A_parameter_that_takes_wildcards_is_completed_with_escaped_names()
    {
        await using var engine = await Engine.StartAsync();
        var faults = (
            from cmdlet in await Help.HelpPages.CmdletsAsync(engine)
            from property in cmdlet.ImplementingType.GetProperties()
            where property.IsDefined(typeof(SupportsWildcardsAttribute), true)
            from completer in property.GetCustomAttributes(typeof(ArgumentCompleterAttribute), true)
            where !((ArgumentCompleterAttribute)completer).Type.Name.Contains("Pattern", StringComparison.Ordinal)
            select $"{cmdlet.Name} -{property.Name}"
        ).ToList();

        Assert.Empty(faults);
    }

    private static async Task<Scene> StartAsync()
    {
        var scene = await Scene.StartAsync(GroupScene.Licensed);
        foreach (var name in Names)
        {
            var group = scene.Sandbox.Mattermost.CreateGroup(
                $"group{Array.IndexOf(Names, name)}",
                source: "ldap",
                allowReference: false
            );
            // The real server checks names, but not the display name, which is completed for groups without a name.
            (group.Name, group.DisplayName) = (null, name);
        }

        return scene;
    }

    /// <summary>The line as it is after each completion that the module offers for it.</summary>
    private static async Task<List<string>> CompleteAsync(Scene scene, string line)
    {
        scene.Engine.Set("line", line);
        var completion = (CommandCompletion)(await scene.InvokeAsync(Complete)).Single().BaseObject;
        return
        [
            .. completion
                .CompletionMatches.Where(match => match.ResultType == CompletionResultType.ParameterValue)
                .Select(match =>
                    line[..completion.ReplacementIndex]
                    + match.CompletionText
                    + line[(completion.ReplacementIndex + completion.ReplacementLength)..]
                ),
        ];
    }

    /// <summary>The single argument of a command line, which must be a constant string.</summary>
    private static string ValueOf(string line)
    {
        var script = Parser.ParseInput(line, out _, out var errors);
        Assert.True(errors.Length == 0, $"{line}: {string.Join(", ", errors.Select(error => error.Message))}");
        var command = Assert.IsType<CommandAst>(
            Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements)).PipelineElements)
        );
        var argument = command.CommandElements[^1] is CommandParameterAst parameter
            ? parameter.Argument
            : command.CommandElements[^1];
        Assert.Empty(command.Redirections);
        Assert.InRange(command.CommandElements.Count, 2, 3);
        return Assert.IsType<StringConstantExpressionAst>(argument).Value;
    }
}
