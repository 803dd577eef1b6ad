namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>How a parameter is used in some parameter sets: one YAML block of the page.</summary>
internal sealed record ParameterUse
{
    /// <summary>The name for all parameter sets.</summary>
    public const string EverySet = "(All)";

    private const string Switch = "System.Management.Automation.SwitchParameter";

    /// <summary>The .NET type's full name.</summary>
    public required string Type { get; init; }

    public required IReadOnlyList<string> Sets { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The values it accepts, if they are few; else empty.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    public required bool Required { get; init; }

    /// <summary>From 0; null for a parameter that is always named.</summary>
    public required int? Position { get; init; }

    public required string DefaultValue { get; init; }

    /// <summary><c>False</c>, or <c>True</c> with the ways in parentheses.</summary>
    public required string PipelineInput { get; init; }

    public required bool Wildcards { get; init; }

    public bool IsSwitch => Type == Switch;

    public bool IsList => Type.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The type's name without its namespace.</summary>
    public string ShortType => Type[(Type.LastIndexOf('.') + 1)..];
}
