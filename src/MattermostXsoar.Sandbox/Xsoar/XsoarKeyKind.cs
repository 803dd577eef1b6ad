namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>How a key of 8.x has to be sent.</summary>
public enum XsoarKeyKind
{
    /// <summary>Both ways are accepted; a real key has one kind.</summary>
    Either,

    /// <summary>The key itself in <c>Authorization</c>.</summary>
    Standard,

    /// <summary>A SHA-256 of key, nonce and time in <c>Authorization</c>.</summary>
    Advanced,
}
