namespace MattermostXsoar.Core.Errors;

/// <summary>The kind of an error. The cmdlets turn each kind into a PowerShell error category.</summary>
public enum ErrorKind
{
    /// <summary>An error that the module did not expect.</summary>
    Unexpected,

    /// <summary>A token or key was refused (HTTP 401, or XSOAR's 403 for an unknown key).</summary>
    Authentication,

    /// <summary>The caller is known but lacks a permission (HTTP 403).</summary>
    Permission,

    /// <summary>What was requested does not exist (HTTP 404, or XSOAR's 400 "noInv").</summary>
    NotFound,

    /// <summary>What is to be created exists already.</summary>
    Exists,

    /// <summary>The server is busy or has failed, also after the retries (HTTP 429, 5xx).</summary>
    Unavailable,

    /// <summary>No response within the time limit.</summary>
    Timeout,

    /// <summary>No usable connection: name, network, TLS, or a host that is not the expected server.</summary>
    Connection,

    /// <summary>The request is invalid (HTTP 400 and the like, or an invalid argument).</summary>
    InvalidArgument,

    /// <summary>The request is valid, but not in this state: a closed investigation, mirroring switched off.</summary>
    InvalidOperation,

    /// <summary>The server cannot do this at all: its license or its version lacks the feature (HTTP 501).</summary>
    NotImplemented,

    /// <summary>The state file cannot be used as it is.</summary>
    Store,
}
