namespace MattermostXsoar.Core.Http;

/// <summary>What a request does to the server, which decides whether it may be sent again.</summary>
internal enum RequestEffect
{
    /// <summary>None: it may be repeated at any time.</summary>
    Read,

    /// <summary>The same however often it is sent: it may be repeated.</summary>
    Idempotent,

    /// <summary>
    /// Another one each time it is sent: it is repeated only if the server certainly did not act on it.
    /// </summary>
    Once,
}
