using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>A call as a handler sees it: routed, authenticated, its body read.</summary>
internal sealed class ApiCall(HttpContext http, ReadOnlyMemory<byte> body)
{
    private JsonElement? _json;
    private bool _parsed;

    public HttpContext Http => http;

    public ReadOnlyMemory<byte> Body => body;

    public CancellationToken Aborted => http.RequestAborted;

    public string Method => http.Request.Method;

    public string Path { get; init; } = "";

    /// <summary>The values of the route's placeholders, from left to right.</summary>
    public string[] Values { get; set; } = [];

    public SandboxUser? Caller { get; set; }

    public SandboxUser User => Caller!;

    public JsonElement? Json
    {
        get
        {
            if (!_parsed)
            {
                _json = Sandbox.Json.TryParse(body);
                _parsed = true;
            }
            return _json;
        }
    }

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public long QueryNumber(string name, long fallback) =>
        long.TryParse(Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;

    /// <summary>Page and page size as the server reads them: a negative page is the first, a size is at most <paramref
    /// name="cap"/>.</summary>
    public (int Skip, int Take) Page(int fallback = 60, int cap = 200)
    {
        var page = Math.Max(0, QueryNumber("page", 0));
        var size = QueryNumber("per_page", fallback);
        if (size < 0)
            size = fallback;
        size = Math.Min(size, cap);
        return ((int)Math.Min(int.MaxValue, page * size), (int)size);
    }
}
