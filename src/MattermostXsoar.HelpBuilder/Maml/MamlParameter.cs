using System.Globalization;
using System.Xml.Linq;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.HelpBuilder.Maml;

/// <summary>Parameters in MAML, in the list and in the syntax.</summary>
internal static class MamlParameter
{
    public static XElement Syntax(CommandPage page, string set) =>
        new(
            MamlCommand.Command + "syntaxItem",
            new XElement(MamlCommand.Maml + "name", page.Name),
            page.Parameters.Where(parameter => parameter.In(set) is not null)
                // As PowerShell itself writes it: positional parameters, then mandatory ones, then the rest.
                .OrderBy(parameter => parameter.In(set)!.Position ?? int.MaxValue)
                .ThenBy(parameter => !parameter.In(set)!.Required)
                .Select(parameter => Of(parameter, parameter.In(set)!, inSyntax: true))
        );

    public static XElement Of(ParameterHelp parameter, ParameterUse use, bool inSyntax)
    {
        var element = new XElement(
            MamlCommand.Command + "parameter",
            new XAttribute("required", Word(use.Required)),
            new XAttribute("variableLength", Word(use.IsList)),
            new XAttribute("globbing", Word(use.Wildcards)),
            new XAttribute("pipelineInput", use.PipelineInput),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", use.Aliases.Count == 0 ? "none" : string.Join(", ", use.Aliases)),
            new XElement(MamlCommand.Maml + "name", parameter.Name),
            new XElement(MamlCommand.Maml + "description", MamlCommand.Paragraphs(Description(parameter, use)))
        );
        if (use.AcceptedValues.Count > 0 && inSyntax)
        {
            element.Add(
                new XElement(
                    MamlCommand.Command + "parameterValueGroup",
                    use.AcceptedValues.Select(value => new XElement(
                        MamlCommand.Command + "parameterValue",
                        new XAttribute("required", "false"),
                        new XAttribute("variableLength", "false"),
                        value
                    ))
                )
            );
        }

        // A switch has no value in the syntax; in the list its type is shown all the same.
        if (!use.IsSwitch || !inSyntax)
        {
            element.Add(
                new XElement(
                    MamlCommand.Command + "parameterValue",
                    new XAttribute("required", Word(!use.IsSwitch)),
                    new XAttribute("variableLength", Word(use.IsList)),
                    use.ShortType
                )
            );
        }

        element.Add(
            new XElement(
                MamlCommand.Dev + "type",
                new XElement(MamlCommand.Maml + "name", use.Type),
                new XElement(MamlCommand.Maml + "uri")
            ),
            new XElement(MamlCommand.Dev + "defaultValue", use.DefaultValue)
        );
        return element;
    }

    private static IEnumerable<string> Description(ParameterHelp parameter, ParameterUse use) =>
        use.AcceptedValues.Count == 0
            ? parameter.Description
            : parameter.Description.Append("Accepted values: " + string.Join(", ", use.AcceptedValues));

    private static string Word(bool value) => value ? "true" : "false";
}
