using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Binding;

/// <summary>
/// A <c>true</c> or <c>false</c> behind a switch, as playbooks write it (<c>kickAdmin=true</c>): PowerShell gives a switch
/// no separate value and takes it for the next positional argument, or for one too many.
/// </summary>
/// <param name="Switch">The switch, as it was written.</param>
/// <param name="Value">The value.</param>
/// <param name="Right">How it is written.</param>
internal sealed record SwitchValue(string Switch, object Value, string Right)
{
    private const string Yes = "true";
    private const string No = "false";

    // The whole command. Windows PowerShell and older versions of PowerShell 7 have its first line only.
    private static readonly PropertyInfo? Statement = typeof(InvocationInfo).GetProperty("Statement");
    private static readonly string[] CommonSwitches = ["Verbose", "Debug", "WhatIf", "Confirm", "vb", "db", "wi", "cf"];

    /// <summary>The error.</summary>
    public MattermostXsoarException ToError() =>
        new(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            $"-{Switch} is a switch and takes no separate value: '{Value}' would be taken for another argument. "
                + $"Write {Right}",
            $"A switch is on if it is given: -{Switch}. With a colon it takes a value: {Right}"
        );

    /// <summary>The first one in a command as it was written; null if there is none.</summary>
    public static SwitchValue? Find(PSCmdlet cmdlet)
    {
        if (
            Written(cmdlet.MyInvocation) is not { Length: > 0 } text
            || Parser.ParseInput(text, out _, out _).Find(ast => ast is CommandAst, searchNestedScriptBlocks: false)
                is not CommandAst command
        )
            return null;
        for (var i = 0; i + 1 < command.CommandElements.Count; i++)
        {
            if (
                command.CommandElements[i] is CommandParameterAst { Argument: null } parameter
                && ValueOf(command.CommandElements[i + 1], cmdlet) is { } value
                && IsSwitch(cmdlet.GetType(), parameter.ParameterName)
            )
            {
                var right =
                    command.CommandElements[i + 1] is not VariableExpressionAst variable || IsConstant(variable)
                        ? $"${value.ToString()!.Trim().ToLowerInvariant()}"
                    : value is bool ? variable.Extent.Text
                    : $"({variable.Extent.Text} -eq 'true')";
                return new SwitchValue(parameter.ParameterName, value, $"-{parameter.ParameterName}:{right}");
            }
        }

        return null;
    }

    /// <summary>Whether a value is <c>true</c> or <c>false</c>, or a text that says so.</summary>
    public static bool IsTrueOrFalse(object? value) =>
        value is bool
        || (
            value is string text
            && (
                string.Equals(text.Trim(), Yes, StringComparison.OrdinalIgnoreCase)
                || string.Equals(text.Trim(), No, StringComparison.OrdinalIgnoreCase)
            )
        );

    // Nothing for a command that was built by a program: it binds each value by name.
    private static string? Written(InvocationInfo? invocation)
    {
        if (Statement?.GetValue(invocation) is string { Length: > 0 } statement)
            return statement;
        var line = invocation?.Line;
        return line is not null && invocation!.OffsetInLine is > 0 and var offset && offset <= line.Length
            ? line.Substring(offset - 1)
            : null;
    }

    private static object? ValueOf(CommandElementAst element, PSCmdlet cmdlet)
    {
        var value = element switch
        {
            StringConstantExpressionAst text => text.Value,
            VariableExpressionAst { Splatted: false } variable => cmdlet.SessionState.PSVariable.GetValue(
                variable.VariablePath.UserPath
            ),
            _ => null,
        };
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        return IsTrueOrFalse(value) ? value : null;
    }

    private static bool IsConstant(VariableExpressionAst variable) =>
        variable.VariablePath.UserPath.ToLowerInvariant() is Yes or No;

    // As PowerShell resolves it: a whole name, or the beginning of only one.
    private static bool IsSwitch(Type cmdlet, string written)
    {
        var names = cmdlet
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true))
            .SelectMany(property =>
                (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])
                    .Append(property.Name)
                    .Select(name => (Name: name, IsSwitch: property.PropertyType == typeof(SwitchParameter)))
            )
            .Concat(CommonSwitches.Select(name => (Name: name, IsSwitch: true)))
            .ToList();
        return names.Exists(name => name.IsSwitch && Is(name.Name, written))
            || (
                !names.Exists(name => Is(name.Name, written))
                && names.FindAll(name => name.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase))
                    is { Count: > 0 } begun
                && begun.TrueForAll(name => name.IsSwitch)
            );

        static bool Is(string name, string written) => string.Equals(name, written, StringComparison.OrdinalIgnoreCase);
    }
}
