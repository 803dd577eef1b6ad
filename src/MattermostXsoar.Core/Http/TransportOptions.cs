namespace MattermostXsoar.Core.Http;

/// <summary>How servers are reached; REST and websocket obey the same.</summary>
internal sealed record TransportOptions
{
    /// <summary>Takes any certificate: only for a session whose user said so.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The proxy to go through; a user name and password may stand in it.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Goes through the proxy that the machine is set to, where <see cref="Proxy"/> is null.</summary>
    public bool UseSystemProxy { get; init; }

    /// <summary>How long one try may take, its body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
