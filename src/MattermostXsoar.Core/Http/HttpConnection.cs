namespace MattermostXsoar.Core.Http;

/// <summary>
/// The HttpClient of one server, shared by the clients of several tokens. It is disposed with the last of them.
/// </summary>
internal sealed class HttpConnection
{
    private int _users = 1;

    public HttpConnection(Uri baseUri, TransportOptions options, ClientEnvironment environment)
    {
        BaseUri = baseUri;
        Options = options;
        Environment = environment;
        if (Proxies.CredentialsOf(options, baseUri) is { } credentials)
            environment.Redactor.AddBasic(credentials.UserName, credentials.Password);
        Proxy = Proxies.AddressOf(options, baseUri);
        Certificate = new CertificateCheck(options.SkipCertificateCheck);
        Client = new HttpClient(environment.Handler?.Invoke() ?? MessageHandlers.Create(options, Certificate))
        {
            // The time limit of ApiTransport includes the body and uses the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri BaseUri { get; }

    public TransportOptions Options { get; }

    public ClientEnvironment Environment { get; }

    /// <summary>The proxy, without user name and password; null for none.</summary>
    public Uri? Proxy { get; }

    public CertificateCheck Certificate { get; }

    public HttpClient Client { get; }

    /// <summary>
    /// Whether the last client was disposed: a request that failed then was ended by us and not by the network.
    /// </summary>
    public bool IsClosed => Volatile.Read(ref _users) <= 0;

    /// <summary>Whether the server has shown that it limits the rate of requests.</summary>
    public bool LimitsRate { get; private set; }

    /// <summary>A response has arrived.</summary>
    public void Note(HttpResponseMessage response)
    {
        if (!LimitsRate && ((int)response.StatusCode == 429 || response.Headers.Contains("X-Ratelimit-Limit")))
            LimitsRate = true;
    }

    public HttpConnection Share()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            Client.Dispose();
    }
}
