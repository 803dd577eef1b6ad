using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>Compares the pages with the cmdlets themselves.</summary>
public sealed class HelpPageTests
{
    [Fact]
    public async Task Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        await using var engine = await Engine.StartAsync();
        var cmdlets = await HelpPages.CmdletsAsync(engine);

        Assert.Equal(cmdlets.Select(cmdlet => cmdlet.Name).Order(), HelpPages.Read().Keys.Order());
    }

    [Fact]
    public async Task Every_parameter_is_documented_as_it_is()
    {
        await using var engine = await Engine.StartAsync();
        var pages = HelpPages.Read();
        var faults = new List<string>();
        var compared = 0;

        foreach (var cmdlet in await HelpPages.CmdletsAsync(engine))
        {
            var page = pages[cmdlet.Name];
            var documented = page.Parameters.ToDictionary(parameter => parameter.Name);
            var real = HelpPages.OwnParameters(cmdlet).ToDictionary(parameter => parameter.Name);
            faults.AddRange(
                real.Keys.Except(documented.Keys).Select(name => $"{cmdlet.Name}: -{name} is not documented")
            );
            faults.AddRange(documented.Keys.Except(real.Keys).Select(name => $"{cmdlet.Name}: there is no -{name}"));
            foreach (var name in real.Keys.Intersect(documented.Keys))
            {
                compared++;
                foreach (var set in Sets(cmdlet))
                    Compare(
                        $"{cmdlet.Name} -{name} in '{set}'",
                        Real(real[name], set),
                        documented[name].In(set),
                        faults
                    );
            }
        }

        Assert.Empty(faults);
        Assert.True(compared > 50, $"Only {compared} parameters were compared.");
    }

    [Fact]
    public async Task Every_parameter_set_is_in_the_syntax()
    {
        await using var engine = await Engine.StartAsync();
        var pages = HelpPages.Read();

        foreach (var cmdlet in await HelpPages.CmdletsAsync(engine))
        {
            var sets = cmdlet.ParameterSets.Count == 1 ? [""] : cmdlet.ParameterSets.Select(set => set.Name);
            Assert.Equal(
                (cmdlet.Name, string.Join(',', sets.Order())),
                (cmdlet.Name, string.Join(',', pages[cmdlet.Name].Syntax.Select(syntax => syntax.Set).Order()))
            );
        }
    }

    [Fact]
    public async Task Default_values_that_the_class_sets_are_documented()
    {
        await using var engine = await Engine.StartAsync();
        var pages = HelpPages.Read();
        var faults = new List<string>();

        foreach (var cmdlet in await HelpPages.CmdletsAsync(engine))
        {
            var instance = Activator.CreateInstance(cmdlet.ImplementingType);
            foreach (var parameter in pages[cmdlet.Name].Parameters)
            {
                var value = cmdlet.ImplementingType.GetProperty(parameter.Name)?.GetValue(instance);
                var expected = value switch
                {
                    null or Array { Length: 0 } or "" => null,
                    SwitchParameter or Enum => value.ToString(),
                    // -Limit and -TimeoutSec: 0 means no limit. -Page 0 is the first page.
                    int number when number != 0 => number.ToString(CultureInfo.InvariantCulture),
                    _ => null,
                };
                if (expected is not null && parameter.Uses[0].DefaultValue != expected)
                    faults.Add(
                        $"{cmdlet.Name} -{parameter.Name}: {parameter.Uses[0].DefaultValue} instead of {expected}"
                    );
            }
        }

        Assert.Empty(faults);
    }

    private static IEnumerable<string> Sets(CmdletInfo cmdlet) => cmdlet.ParameterSets.Select(set => set.Name);

    private static void Compare(string what, ParameterUse? real, ParameterUse? documented, List<string> faults)
    {
        if (real is null || documented is null)
        {
            if (!ReferenceEquals(real, documented))
                faults.Add($"{what}: it is in the set only {(real is null ? "on the page" : "in truth")}");
            return;
        }

        void Check(string property, object? expected, object? found)
        {
            if (!Equals(expected, found))
                faults.Add($"{what}: {property} is {found} instead of {expected}");
        }

        Check("type", real.Type, documented.Type);
        Check("required", real.Required, documented.Required);
        Check("position", real.Position, documented.Position);
        Check("pipeline input", real.PipelineInput, documented.PipelineInput);
        Check("wildcards", real.Wildcards, documented.Wildcards);
        Check("aliases", string.Join(',', real.Aliases), string.Join(',', documented.Aliases));
        Check("accepted values", string.Join(',', real.AcceptedValues), string.Join(',', documented.AcceptedValues));
    }

    private static ParameterUse? Real(ParameterMetadata parameter, string set)
    {
        if (
            !parameter.ParameterSets.TryGetValue(set, out var use)
            && !parameter.ParameterSets.TryGetValue(ParameterAttribute.AllParameterSets, out use)
        )
            return null;
        string[] ways =
        [
            .. new[]
            {
                use.ValueFromPipelineByPropertyName ? "ByPropertyName" : "",
                use.ValueFromPipeline ? "ByValue" : "",
            }.Where(way => way.Length > 0),
        ];
        return new ParameterUse
        {
            Type = parameter.ParameterType.FullName!,
            Sets = [set],
            Aliases = [.. parameter.Aliases],
            AcceptedValues = parameter.ParameterType.IsEnum ? Enum.GetNames(parameter.ParameterType) : [],
            Required = use.IsMandatory,
            Position = use.Position == int.MinValue ? null : use.Position,
            DefaultValue = "",
            PipelineInput = ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})",
            Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        };
    }
}
