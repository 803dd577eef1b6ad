namespace MattermostXsoar.Core.Incidents;

/// <summary>A label of an incident. Several may have the same type.</summary>
public sealed class IncidentLabel
{
    internal IncidentLabel(string type, string value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>What the label says, e.g. <c>Reporter</c>.</summary>
    public string Type { get; }

    /// <summary>Its value.</summary>
    public string Value { get; }

    /// <summary>Type and value.</summary>
    public override string ToString() => $"{Type}: {Value}";
}
