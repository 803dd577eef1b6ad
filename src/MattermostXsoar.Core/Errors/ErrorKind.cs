namespace MattermostXsoar.Core.Errors;

/// <summary>What sort of thing went wrong. The cmdlet layer turns each kind into one PowerShell error
/// category.</summary>
public enum ErrorKind
{
    /// <summary>Something this module did not foresee.</summary>
    Unexpected,

    /// <summary>A token or key was refused (HTTP 401, or XSOAR's 403 for an unknown key).</summary>
    Authentication,

    /// <summary>The caller is known but lacks a right (HTTP 403).</summary>
    Permission,

    /// <summary>The thing asked for is not there (HTTP 404, or XSOAR's 400 "noInv").</summary>
    NotFound,

    /// <summary>The thing to make is there already.</summary>
    Exists,

    /// <summary>The server is busy or broken, and stayed so through the retries (HTTP 429, 5xx).</summary>
    Unavailable,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>No usable connection: name, network, TLS, or a host that is not the expected server.</summary>
    Connection,

    /// <summary>The request itself is wrong (HTTP 400 and the like, or a bad argument).</summary>
    InvalidArgument,

    /// <summary>The request is right, but not in this state: a closed investigation, mirroring switched off.</summary>
    InvalidOperation,

    /// <summary>The server cannot do this at all: its license or its version lacks the feature (HTTP 501).</summary>
    NotImplemented,

    /// <summary>The state file cannot be used as it is.</summary>
    Store,
}
