namespace MattermostXsoar.Core.Platform;

/// <summary>How far a request came before its connection failed.</summary>
internal enum ConnectionStage
{
    /// <summary>The host's name was not found: nothing was sent.</summary>
    Name,

    /// <summary>No connection was made, or the proxy refused to make it: nothing was sent.</summary>
    Connect,

    /// <summary>The TLS handshake failed: nothing was sent.</summary>
    Tls,

    /// <summary>The connection stood, so the server may have read the request.</summary>
    Sent,
}
