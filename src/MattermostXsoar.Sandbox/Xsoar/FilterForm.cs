namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Where the filter of a search for investigations is; the description and a client differ.</summary>
public enum FilterForm
{
    /// <summary>In the body itself or in <c>filter</c>.</summary>
    Either,

    /// <summary>In the body itself only.</summary>
    Bare,

    /// <summary>In <c>filter</c> only.</summary>
    Wrapped,
}
