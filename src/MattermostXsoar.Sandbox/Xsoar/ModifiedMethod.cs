namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>With which verb 8.14 and later answer <c>/incidents/modified</c>; not documented.</summary>
public enum ModifiedMethod
{
    /// <summary>With both.</summary>
    Either,

    /// <summary>With GET only, the time in the query.</summary>
    Get,

    /// <summary>With POST only, the time in the body.</summary>
    Post,
}
