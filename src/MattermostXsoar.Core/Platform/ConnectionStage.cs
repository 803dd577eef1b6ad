namespace MattermostXsoar.Core.Platform;

/// <summary>The stage at which the connection of a request failed.</summary>
internal enum ConnectionStage
{
    /// <summary>The host name could not be resolved: nothing was sent.</summary>
    Name,

    /// <summary>The connection could not be opened, or the proxy refused it: nothing was sent.</summary>
    Connect,

    /// <summary>The TLS handshake failed: nothing was sent.</summary>
    Tls,

    /// <summary>The connection was open, so the server may have read the request.</summary>
    Sent,
}
