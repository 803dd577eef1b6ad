namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The body of a 412; only the status is documented.</summary>
public enum ClosedAnswer
{
    /// <summary>The general error object.</summary>
    ErrorJson,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>An HTML page, as a proxy in between would return it.</summary>
    Html,
}
