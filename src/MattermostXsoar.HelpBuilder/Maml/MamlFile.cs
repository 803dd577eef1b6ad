using System.Text;
using System.Xml;
using System.Xml.Linq;
using MattermostXsoar.HelpBuilder.Pages;

namespace MattermostXsoar.HelpBuilder.Maml;

/// <summary>Writes the help of commands as MAML, the only format that PowerShell reads for cmdlets.</summary>
internal static class MamlFile
{
    private static readonly XNamespace Items = "http://msh";

    public static void Write(string file, IEnumerable<CommandPage> pages)
    {
        var root = new XElement(Items + "helpItems", new XAttribute("schema", "maml"), pages.Select(MamlCommand.Of));
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using var writer = XmlWriter.Create(file, settings);
        new XDocument(root).Save(writer);
    }
}
