using System.Text.RegularExpressions;

namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Compares a page's syntax with the parameters' blocks, so that the two stay consistent.</summary>
internal static partial class SyntaxCheck
{
    private const string Common = "[<CommonParameters>]";

    public static void Compare(CommandPage page, Action<int, string> report)
    {
        foreach (var syntax in page.Syntax)
        {
            var text = Spaces().Replace(syntax.Text, " ").Trim();
            if (
                !text.StartsWith(page.Name + " ", StringComparison.Ordinal)
                || !text.EndsWith(Common, StringComparison.Ordinal)
            )
            {
                report(syntax.Line, $"The syntax must begin with {page.Name} and end with {Common}.");
                continue;
            }

            var written = Parts(text[page.Name.Length..^Common.Length]);
            var expected = page
                .Parameters.Where(parameter => parameter.In(syntax.Set) is not null)
                .Select(parameter => Form(parameter, syntax.Set))
                .ToList();
            foreach (var part in written.Except(expected))
                report(syntax.Line, $"The syntax has {part}, but the parameters' blocks do not.");
            foreach (var part in expected.Except(written))
                report(syntax.Line, $"The syntax lacks {part}, which is in the parameter's block.");
        }

        var sets = page.Syntax.Select(syntax => syntax.Set).ToList();
        foreach (var parameter in page.Parameters)
        {
            foreach (
                var set in parameter
                    .Uses.SelectMany(use => use.Sets)
                    .Where(set => set != ParameterUse.EverySet && !sets.Contains(set))
            )
                report(parameter.Line, $"There is no parameter set '{set}' in the syntax.");
        }
    }

    // The form of a parameter in a syntax line, without its type: [[-Name] <>], [-Name] <>, [-Name <>], -Name <>,
    // [-Switch].
    private static string Form(ParameterHelp parameter, string set)
    {
        var use = parameter.In(set)!;
        var name = use.Position is null ? "-" + parameter.Name : $"[-{parameter.Name}]";
        var form = use.IsSwitch ? name : name + " <>";
        return use.Required ? form : $"[{form}]";
    }

    private static HashSet<string> Parts(string text)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var bare = Values().Replace(text, "<>").Replace("] <>", "]\u00A0<>", StringComparison.Ordinal);
        foreach (var part in Forms().Matches(bare).Select(match => match.Value))
            parts.Add(part.Replace('\u00A0', ' '));
        return parts;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // <string[]>, <{All | Chat}>
    [GeneratedRegex(@"<[^<>]*>|\{[^{}]*\}")]
    private static partial Regex Values();

    [GeneratedRegex(@"\[\[-\w+\]\u00A0<>\]|\[-\w+\]\u00A0<>|\[-\w+( <>)?\]|-\w+( <>)?")]
    private static partial Regex Forms();
}
