using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>Normalizes the server addresses that people enter.</summary>
internal static class ServerAddress
{
    /// <summary>An absolute http(s) address without user, query, fragment, trailing slash and API path.</summary>
    /// <param name="uri">What was entered, e.g. <c>https://chat.example.com/mm/api/v4/</c>.</param>
    /// <param name="apiPath">The path that belongs to the API and not to the address, e.g. <c>/api/v4</c>.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument: not an http(s) address.</exception>
    public static Uri Normalize(Uri uri, string apiPath)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{WithoutUser(uri)}' is not the address of a server.",
                "Give the whole address with its scheme, e.g. https://chat.example.com"
            );
        var address = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            .TrimEnd('/');
        if (apiPath.Length > 0 && address.EndsWith(apiPath, StringComparison.OrdinalIgnoreCase))
            address = address.Substring(0, address.Length - apiPath.Length);
        return new Uri(address);
    }

    // A password may precede the @.
    private static string WithoutUser(Uri uri) => uri.OriginalString.Substring(uri.OriginalString.LastIndexOf('@') + 1);

    /// <summary>The address as text to append a path to: without a trailing slash.</summary>
    public static string Root(Uri uri) => uri.AbsoluteUri.TrimEnd('/');
}
