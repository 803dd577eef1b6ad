namespace MattermostXsoar.Core.Http;

/// <summary>How servers are reached, for REST and websocket alike.</summary>
internal sealed record TransportOptions
{
    /// <summary>Accepts any certificate: only for a session whose user asked for it.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The proxy; the address may contain a user name and a password.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Uses the proxy of the machine if <see cref="Proxy"/> is null.</summary>
    public bool UseSystemProxy { get; init; }

    /// <summary>The time limit of one attempt, including its body.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
