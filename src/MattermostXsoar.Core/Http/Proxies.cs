using System.Net;

namespace MattermostXsoar.Core.Http;

/// <summary>The proxy of a session, the same for REST and websocket.</summary>
internal static class Proxies
{
    /// <summary>The proxy to use, or null for a direct connection.</summary>
    public static IWebProxy? Create(TransportOptions options)
    {
        if (options.Proxy is null)
            return options.UseSystemProxy ? SystemProxy() : null;
        // Without the password, since errors of the handler contain the proxy's address.
        var proxy = new WebProxy(
            new Uri(options.Proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))
        );
        if (CredentialsOf(options) is { } credentials)
            proxy.Credentials = credentials;
        return proxy;
    }

    /// <summary>The proxy for a server, without user name and password; null for none.</summary>
    public static Uri? AddressOf(TransportOptions options, Uri server)
    {
        var proxy = Create(options);
        var address = proxy is null || proxy.IsBypassed(server) ? null : proxy.GetProxy(server);
        return address is null || address == server
            ? null
            : new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
    }

    /// <summary>The user name and password for the proxy of a server, or null.</summary>
    public static NetworkCredential? CredentialsOf(TransportOptions options, Uri server)
    {
        if (options.Proxy is null && options.UseSystemProxy && SystemProxy() is { } system)
            return system.GetProxy(server) is { } address ? system.Credentials?.GetCredential(address, "Basic") : null;
        return CredentialsOf(options);
    }

    private static NetworkCredential? CredentialsOf(TransportOptions options)
    {
        if (options.Proxy is not { UserInfo: { Length: > 0 } user })
            return null;
        var colon = user.IndexOf(':');
        return new NetworkCredential(
            Uri.UnescapeDataString(colon < 0 ? user : user.Substring(0, colon)),
            colon < 0 ? "" : Uri.UnescapeDataString(user.Substring(colon + 1))
        );
    }

    private static IWebProxy? SystemProxy() =>
#if NET8_0_OR_GREATER
        HttpClient.DefaultProxy;
#else
        WebRequest.DefaultWebProxy;
#endif
}
