using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace MattermostXsoar.Binding;

/// <summary>The arguments of a command that are written without a name.</summary>
internal static class PositionalArguments
{
    /// <summary>Whether a command has more of them than the cmdlet has positions left for.</summary>
    /// <param name="command">The command as it was written.</param>
    /// <param name="cmdlet">The cmdlet's type.</param>
    /// <param name="isSwitch">Whether a name, as it was written, is that of a switch.</param>
    public static bool AreTooMany(CommandAst command, Type cmdlet, Func<string, bool> isSwitch)
    {
        var count = 0;
        var named = new List<string>();
        for (var i = 1; i < command.CommandElements.Count; i++)
        {
            switch (command.CommandElements[i])
            {
                case CommandParameterAst parameter:
                    named.Add(parameter.ParameterName);
                    if (parameter.Argument is null && !isSwitch(parameter.ParameterName))
                        i++;
                    break;
                case VariableExpressionAst { Splatted: true }:
                    // What it holds is not known here.
                    return false;
                default:
                    count++;
                    break;
            }
        }

        return count > PositionsOf(cmdlet, named);
    }

    private static int PositionsOf(Type cmdlet, List<string> named) =>
        cmdlet
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => !IsNamed(property, named))
            .SelectMany(property => property.GetCustomAttributes<ParameterAttribute>(inherit: true))
            .Select(parameter => parameter.Position)
            .Where(position => position >= 0)
            .Distinct()
            .Count();

    private static bool IsNamed(PropertyInfo property, List<string> named) =>
        (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])
            .Append(property.Name)
            .Any(name => named.Exists(written => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)));
}
