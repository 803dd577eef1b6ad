namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The HTTP method of <c>/incidents/modified</c> in 8.14 and later; not documented.</summary>
public enum ModifiedMethod
{
    /// <summary>With both.</summary>
    Either,

    /// <summary>With GET only, the time in the query.</summary>
    Get,

    /// <summary>With POST only, the time in the body.</summary>
    Post,
}
