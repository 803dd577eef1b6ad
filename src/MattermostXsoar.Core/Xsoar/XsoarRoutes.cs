using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>
/// Sends requests with the right prefix. XSOAR 8 has two, and some routes exist with one of them only; which one is
/// found out once for each route.
/// </summary>
internal sealed class XsoarRoutes
{
    private readonly ApiTransport _transport;
    private readonly IReadOnlyList<string> _prefixes;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    public XsoarRoutes(ApiTransport transport, IReadOnlyList<string> prefixes)
    {
        _transport = transport;
        _prefixes = prefixes;
    }

    public ErrorText Text => _transport.Text;

    /// <summary>The prefixes to try, the most likely first; none on 6.x, which has no key ids.</summary>
    public static IReadOnlyList<string> Prefixes(string? keyId, string? prefix) =>
        prefix is not null ? ["/" + prefix.Trim('/')]
        : keyId is null ? [""]
        : ["/xsoar", "/xsoar/public/v1"];

    /// <summary>The server's address without the prefix of the API, if it was entered with it.</summary>
    public static Uri WithoutPrefix(Uri uri)
    {
        var address = ServerAddress.Root(uri);
        foreach (var prefix in new[] { "/xsoar/public/v1", "/xsoar" })
            if (address.EndsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return new Uri(address.Substring(0, address.Length - prefix.Length));
        return uri;
    }

    public Task<T> SendAsync<T>(XsoarRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => FindAsync(request, below => _transport.SendAsync(below, type, cancellationToken));

    public Task<ApiResponse> SendAsync(XsoarRequest request, CancellationToken cancellationToken) =>
        FindAsync(request, below => _transport.SendAsync(below, cancellationToken));

    public Task<FileDownload> OpenAsync(XsoarRequest request, CancellationToken cancellationToken) =>
        FindAsync(request, below => _transport.OpenAsync(below, cancellationToken));

    /// <summary>The error for a successful response that is not what was asked for.</summary>
    public ApiException WrongApi(XsoarRequest request, ApiResponse response) =>
        _transport.WrongApi(request.Below(_prefixes[0]), response);

    private Task<T> FindAsync<T>(XsoarRequest request, Func<ApiRequest, Task<T>> send) =>
        request.IsAtRoot ? send(request.Below(""))
        : _prefixes.Count == 1 ? send(request.Below(_prefixes[0]))
        : _known.TryGetValue(request.Route, out var prefix) ? send(request.Below(prefix))
        : LearnAsync(request, send);

    private async Task<T> LearnAsync<T>(XsoarRequest request, Func<ApiRequest, Task<T>> send)
    {
        ApiException? first = null;
        foreach (var prefix in _prefixes)
        {
            try
            {
                var answer = await send(request.Below(prefix));
                _known[request.Route] = prefix;
                return answer;
            }
            catch (ApiException error) when (error.ErrorId == ErrorIds.WrongHost && !error.OutcomeUnknown)
            {
                // 303, 404 and 405 all mean that the route does not exist, so nothing was done.
                first ??= error;
            }
        }

        throw first!;
    }
}
