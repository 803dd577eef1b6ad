using System.Xml.Linq;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.HelpBuilder.Maml;

/// <summary>One command in MAML.</summary>
internal static class MamlCommand
{
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XElement Of(CommandPage page)
    {
        var dash = page.Name.IndexOf('-', StringComparison.Ordinal);
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", page.Name[..dash]),
                new XElement(Command + "noun", page.Name[(dash + 1)..]),
                new XElement(Maml + "description", Paragraphs([page.Synopsis]))
            ),
            new XElement(Maml + "description", Paragraphs(page.Description)),
            new XElement(Command + "syntax", page.Syntax.Select(syntax => MamlParameter.Syntax(page, syntax.Set))),
            new XElement(
                Command + "parameters",
                page.Parameters.Select(parameter => MamlParameter.Of(parameter, parameter.Uses[0], inSyntax: false))
            ),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link))
        );
    }

    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) =>
        texts.Select(text => new XElement(Maml + "para", text));

    private static XElement Type(string element, TypeHelp type) =>
        new(
            Command + element,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
            new XElement(Maml + "description", Paragraphs(type.Description))
        );

    private static XElement Example(ExampleHelp example) =>
        new(
            Command + "example",
            new XElement(Maml + "title", $"-------- {example.Title} --------"),
            new XElement(
                Dev + "code",
                example.Output.Length == 0 ? example.Code : $"{example.Code}\n\n{example.Output}"
            ),
            new XElement(Dev + "remarks", Paragraphs(example.Remarks))
        );

    // At a prompt a related page is another command or topic; only a web address has a URI.
    private static XElement Link(LinkHelp link) =>
        new(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", link.Text),
            new XElement(Maml + "uri", link.Address.Contains("://", StringComparison.Ordinal) ? link.Address : "")
        );
}
