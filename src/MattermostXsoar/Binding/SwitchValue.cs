using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Binding;

/// <summary>
/// A <c>true</c>, <c>no</c> or 1 behind a switch, as playbooks write it (<c>kickAdmin=true</c>): PowerShell gives a switch
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
                && (
                    IsTrueOrFalse(value)
                    || PositionalArguments.AreTooMany(
                        command,
                        cmdlet.GetType(),
                        name => IsSwitch(cmdlet.GetType(), name)
                    )
                )
            )
            {
                var right =
                    command.CommandElements[i + 1] is not VariableExpressionAst variable || IsConstant(variable)
                        ? Constant(value)
                    : value is string said ? $"({variable.Extent.Text} -eq '{YesOf(said)}')"
                    : variable.Extent.Text;
                return new SwitchValue(parameter.ParameterName, value, $"-{parameter.ParameterName}:{right}");
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a value is <c>true</c> or <c>false</c>, or a text that says so; 1 and 0 are more often ids.
    /// </summary>
    public static bool IsTrueOrFalse(object? value) =>
        value is bool || (value is string text && text.Trim() is not ("1" or "0") && Read(text) is not null);

    /// <summary>The value as a constant.</summary>
    public static string Constant(object? value) => Read(value) == false ? "$false" : "$true";

    /// <summary>
    /// The value that a switch is meant to have: <c>true</c>, <c>yes</c> and 1, or <c>false</c>, <c>no</c> and 0; null
    /// for anything else.
    /// </summary>
    public static bool? Read(object? value) =>
        value switch
        {
            bool truth => truth,
            SwitchParameter given => given.ToBool(),
            int number => number switch
            {
                1 => true,
                0 => false,
                _ => null,
            },
            string text => text.Trim().ToLowerInvariant() switch
            {
                Yes or "$true" or "yes" or "1" => true,
                No or "$false" or "no" or "0" => false,
                _ => null,
            },
            _ => null,
        };

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
            ConstantExpressionAst constant => constant.Value,
            VariableExpressionAst { Splatted: false } variable => cmdlet.SessionState.PSVariable.GetValue(
                variable.VariablePath.UserPath
            ),
            _ => null,
        };
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        return Read(value) is null ? null : value;
    }

    // How somebody says yes who wrote this.
    private static string YesOf(string text) =>
        text.Trim().ToLowerInvariant() switch
        {
            "yes" or "no" => "yes",
            "1" or "0" => "1",
            _ => Yes,
        };

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
