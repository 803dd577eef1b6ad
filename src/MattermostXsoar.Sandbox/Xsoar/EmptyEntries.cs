namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The value of <c>entries</c> if no entry matches.</summary>
public enum EmptyEntries
{
    /// <summary>The field is missing, as observed.</summary>
    Absent,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>The field is an empty list.</summary>
    List,
}
