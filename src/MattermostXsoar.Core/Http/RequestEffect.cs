namespace MattermostXsoar.Core.Http;

/// <summary>What a request does to the server, which decides whether it may be sent again.</summary>
internal enum RequestEffect
{
    /// <summary>Nothing: it may be repeated at will.</summary>
    Read,

    /// <summary>The same however often it is sent: it may be repeated.</summary>
    Idempotent,

    /// <summary>Something each time it is sent: it is repeated only when the server surely did not act on it.</summary>
    Once,
}
