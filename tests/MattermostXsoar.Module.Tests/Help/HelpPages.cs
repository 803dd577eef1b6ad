using System.Management.Automation;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>The pages that the help is made of, and the cmdlets they are about.</summary>
internal static class HelpPages
{
    public static Dictionary<string, CommandPage> Read()
    {
        var faults = new List<PageFault>();
        var pages = Directory
            .EnumerateFiles(StagedModule.HelpPages, "*-*.md")
            .Select(file => CommandPageReader.Read(file, faults))
            .ToList();
        Assert.Empty(faults);
        return pages.ToDictionary(page => page!.Name, page => page!);
    }

    public static async Task<List<CmdletInfo>> CmdletsAsync(Engine engine) =>
        [
            .. (await engine.InvokeAsync("Get-Command -Module MattermostXsoar -CommandType Cmdlet"))
                .Succeeded()
                .Select(c => (CmdletInfo)c.BaseObject),
        ];

    /// <summary>A cmdlet's parameters without those that all cmdlets have, and without hidden ones.</summary>
    public static IEnumerable<ParameterMetadata> OwnParameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(parameter =>
            !Cmdlet.CommonParameters.Contains(parameter.Name)
            && !parameter.Attributes.OfType<ParameterAttribute>().Any(use => use.DontShow)
        );
}
