using System.Net;

namespace MattermostXsoar.Core.Http;

/// <summary>Makes the handler below HttpClient: the modern one where it exists, the compatible one elsewhere.</summary>
internal static class MessageHandlers
{
    // Sixteen mirrors and more post side by side; on .NET Framework the default is two.
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
            // A name that moves to another address is followed within minutes.
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
