using System.Collections;
using System.Management.Automation;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>What Get-Help shows of the staged module.</summary>
public sealed class GetHelpTests
{
    [Fact]
    public async Task Get_Help_gives_the_text_of_the_page_for_every_cmdlet()
    {
        await using var engine = await Engine.StartAsync();

        foreach (var page in HelpPages.Read().Values)
        {
            var help = (await engine.InvokeAsync($"Get-Help {page.Name} -Full")).Single();
            Assert.Equal(page.Synopsis, help.Get("Synopsis"));
            Assert.Equal(page.Description, Texts(help.Get("description")));
            Assert.Equal(page.Notes, Texts(Property(Property(help, "alertSet")!, "alert")));
            var links = Items(Property(Property(help, "relatedLinks")!, "navigationLink"));
            Assert.Equal(page.Links.Select(link => link.Text), links.Select(link => Property(link, "linkText")));
        }
    }

    [Fact]
    public async Task Get_Help_Parameter_gives_every_parameter_with_type_aliases_and_pipeline_input()
    {
        await using var engine = await Engine.StartAsync();
        var pages = HelpPages.Read();

        foreach (var cmdlet in await HelpPages.CmdletsAsync(engine))
        {
            var shown = await ParametersAsync(engine, cmdlet.Name);
            foreach (var parameter in HelpPages.OwnParameters(cmdlet))
            {
                var help = shown[parameter.Name];
                var first = pages[cmdlet.Name].Parameters.Single(documented => documented.Name == parameter.Name);
                Assert.Equal(parameter.ParameterType.FullName, Property(Property(help, "type")!, "name"));
                Assert.Equal(
                    parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases),
                    help.Get("aliases")
                );
                Assert.Equal(first.Uses[0].PipelineInput, help.Get("pipelineInput"));
                Assert.Equal(first.Uses[0].DefaultValue, help.Get("defaultValue"));
                Assert.StartsWith(first.Description[0], Texts(help.Get("description"))[0], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Get_Help_shows_each_example_with_its_output()
    {
        await using var engine = await Engine.StartAsync();

        foreach (var page in HelpPages.Read().Values)
        {
            var screen = Wrapped(await engine.ShowAsync($"Get-Help {page.Name} -Examples"));
            Assert.True(page.Examples.Count >= 2);
            foreach (var example in page.Examples)
            {
                foreach (
                    var text in (string[])[example.Title, .. example.Code.Split('\n'), .. example.Output.Split('\n')]
                )
                    Assert.Contains(Wrapped(text), screen, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Get_Help_Full_shows_the_sections_at_the_prompt()
    {
        await using var engine = await Engine.StartAsync();

        var screen = await engine.ShowAsync("Get-Help Start-MattermostMirror -Full");

        foreach (
            var heading in (string[])
                ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"]
        )
            Assert.Contains("\n" + heading, screen, StringComparison.Ordinal);
        Assert.Contains("[-Type {All | Chat | None}]", screen, StringComparison.Ordinal);
        Assert.Contains("InvestigationClosed:", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mirror-investigation", "Start-MattermostMirror")]
    [InlineData("mattermost-get-team", "Get-MattermostTeam")]
    public async Task An_alias_leads_to_the_cmdlets_page(string alias, string cmdlet)
    {
        await using var engine = await Engine.StartAsync();

        Assert.Equal(cmdlet, (await engine.InvokeAsync($"Get-Help {alias}")).Single().Get("Name"));
    }

    [Theory]
    [InlineData("about_MattermostXsoar", "LONG DESCRIPTION")]
    [InlineData("about_MattermostXsoar_Configuration", "bot_access_token")]
    [InlineData("about_MattermostXsoar_Mirroring", "**From Mattermost**")]
    public async Task A_topic_is_found(string topic, string text)
    {
        await using var engine = await Engine.StartAsync();

        var shown = await engine.ShowAsync($"Get-Help {topic}");

        Assert.Contains(text.Replace("*", "", StringComparison.Ordinal), shown, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, PSObject>> ParametersAsync(Engine engine, string cmdlet)
    {
        // For a cmdlet without parameters of its own the engine has nothing to show.
        var result = await engine.InvokeAsync($"Get-Help {cmdlet} -Parameter * -ErrorAction Ignore");
        return result.Output.ToDictionary(parameter => (string)parameter.Get("name")!);
    }

    private static object? Property(object item, string name)
    {
        var value = PSObject.AsPSObject(item).Properties[name]?.Value;
        return value is PSObject { BaseObject: string text } ? text : value;
    }

    private static List<object> Items(object? value)
    {
        var bare = value is PSObject { BaseObject: IEnumerable } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => [],
            IEnumerable list and not string => [.. list.Cast<object>()],
            _ => [bare],
        };
    }

    private static List<string> Texts(object? paragraphs) =>
        Items(paragraphs)
            .ConvertAll(paragraph =>
                ((string?)Property(paragraph, "Text") ?? "").ReplaceLineEndings("\n").TrimEnd('\n')
            );

    // The console's width breaks lines anywhere, and indents what follows.
    private static string Wrapped(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
