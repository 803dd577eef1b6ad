using System.Net;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Platform;

/// <summary>The proxy of a session, the same for REST and websocket.</summary>
internal static class Proxies
{
    /// <summary>The proxy to use, or null to connect straight.</summary>
    public static IWebProxy? Create(TransportOptions options)
    {
        if (options.Proxy is null)
            return options.UseSystemProxy ? SystemProxy() : null;
        // Without the password, since errors of the handler quote the proxy's address.
        var proxy = new WebProxy(new Uri(options.Proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)));
        var user = options.Proxy.UserInfo;
        if (user.Length > 0)
        {
            var colon = user.IndexOf(':');
            proxy.Credentials = new NetworkCredential(
                Uri.UnescapeDataString(colon < 0 ? user : user.Substring(0, colon)),
                colon < 0 ? "" : Uri.UnescapeDataString(user.Substring(colon + 1)));
        }

        return proxy;
    }

    private static IWebProxy? SystemProxy() =>
#if NET8_0_OR_GREATER
        HttpClient.DefaultProxy;
#else
        WebRequest.DefaultWebProxy;
#endif
}
