using System.Net;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Creates the handler of HttpClient: the modern one if the framework has it, else the compatible one.
/// </summary>
internal static class MessageHandlers
{
    // Sixteen mirrors and more post in parallel; the default of .NET Framework is two connections.
    private const int Connections = 64;

    public static HttpMessageHandler Create(TransportOptions options, CertificateCheck certificate)
    {
        var proxy = Proxies.Create(options);
#if NET8_0_OR_GREATER
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = Connections,
            // A changed address of a host name is used within minutes.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = certificate.Accept;
        return handler;
#else
        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = Connections,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy,
            ServerCertificateCustomValidationCallback = certificate.Accept,
        };
#endif
    }
}
