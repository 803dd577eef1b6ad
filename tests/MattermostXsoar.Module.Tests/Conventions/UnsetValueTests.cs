using System.Management.Automation;
using MattermostXsoar.Module.Tests.Help;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>
/// <c>$null</c> for any parameter of any cmdlet, or from the pipeline, is an error before anything is read or changed; it
/// never means that the parameter was omitted.
/// </summary>
public sealed class UnsetValueTests
{
    // Their text may be empty: a purpose or header of a channel is removed so, and an empty message has its own error.
    private static readonly string[] Texts = ["Purpose", "Header", "Message"];

    [Fact]
    public async Task Null_for_a_parameter_is_an_error()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        var faults = new List<string>();
        var tried = 0;

        foreach (var cmdlet in await HelpPages.CmdletsAsync(scene.Scene.Engine))
        {
            foreach (var parameter in HelpPages.OwnParameters(cmdlet))
            {
                if (
                    parameter.ParameterType == typeof(SwitchParameter)
                    || parameter.ParameterType.IsValueType
                    || Texts.Contains(parameter.Name)
                )
                    continue;
                // What is no name of an enumeration is refused as that, and after what is mandatory.
                var isList = parameter.ParameterType is { IsArray: true } list && !list.GetElementType()!.IsEnum;
                string[] values = isList ? ["$null", "@('a', $null)"] : ["$null"];
                foreach (var value in values)
                {
                    tried++;
                    var result = await scene.InvokeAsync($"{cmdlet.Name} -{parameter.Name} {value}");
                    if (!IsRefused(result, parameter.Name))
                        faults.Add($"{cmdlet.Name} -{parameter.Name} {value}: {Summary(result)}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.True(tried > 60, $"Only {tried} parameters were tried.");
        Assert.Equal(0, scene.Sandbox.Calls.Count);
    }

    [Fact]
    public async Task Null_from_the_pipeline_is_an_error()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        var faults = new List<string>();
        var tried = 0;

        foreach (var cmdlet in await HelpPages.CmdletsAsync(scene.Scene.Engine))
        {
            if (
                cmdlet.Name == "Connect-Mattermost"
                || !cmdlet.ParameterSets.Any(set => set.Parameters.Any(parameter => parameter.ValueFromPipeline))
            )
                continue;
            tried++;
            // What is mandatory and not bound from the pipeline would be asked for.
            var others = cmdlet
                .ParameterSets[0]
                .Parameters.Where(parameter => parameter.IsMandatory && !parameter.ValueFromPipeline)
                .Select(parameter => $"-{parameter.Name} x");
            var result = await scene.InvokeAsync($"$unset | {cmdlet.Name} {string.Join(' ', others)}");
            if (result.Errors.Count == 0 || result.Output.Count > 0)
                faults.Add($"{cmdlet.Name}: {Summary(result)}");
        }

        Assert.Empty(faults);
        Assert.True(tried > 10, $"Only {tried} cmdlets were tried.");
        Assert.Equal(0, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Get-MattermostChannel ''")]
    [InlineData("Get-MattermostGroup ''")]
    [InlineData("Get-MattermostMirror ''")]
    [InlineData("Get-MattermostTeam ''")]
    [InlineData("Stop-MattermostMirror ''")]
    [InlineData("Get-MattermostChannel $undefined | Close-MattermostChannel")]
    [InlineData("Get-MattermostMirror $undefined | Stop-MattermostMirror -CloseChannel -Force")]
    public async Task Nothing_is_listed_or_changed_for_an_empty_value(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();
        scene.Sandbox.Calls.Clear();

        var result = await scene.InvokeAsync(command);

        Assert.Empty(result.Output);
        Assert.Contains("not", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, scene.Sandbox.Calls.Count);
        Assert.Equal("Active", (await scene.InvokeAsync("Get-MattermostMirror")).Single().Get("State")!.ToString());
    }

    [Fact]
    public async Task An_empty_list_means_nothing()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();

        Assert.Empty((await scene.InvokeAsync("Get-MattermostChannel @(); Get-MattermostMirror @()")).Succeeded());
    }

    private static bool IsRefused(EngineResult result, string parameter) =>
        result.Output.Count == 0
        && result.Errors is [var error]
        && error.Exception is ParameterBindingException binding
        && binding.ParameterName == parameter
        && binding.ErrorId != "MissingMandatoryParameter";

    private static string Summary(EngineResult result) =>
        $"{result.Output.Count} objects, errors: {string.Join("; ", result.Errors.Select(e => e.FullyQualifiedErrorId + ": " + e))}";
}
