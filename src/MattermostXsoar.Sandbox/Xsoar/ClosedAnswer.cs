namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The body of a 412; only the status is documented.</summary>
public enum ClosedAnswer
{
    /// <summary>The general error object.</summary>
    ErrorJson,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A line of plain text.</summary>
    Text,

    /// <summary>A page of HTML, as a proxy in between would make it.</summary>
    Html,
}
