using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>The front of the XSOAR server: prefixes, keys, and how errors look in 6.x and in 8.x.</summary>
internal sealed class XsoarGate
{
    private static readonly string[] Prefixes = ["/xsoar/public/v1", "/xsoar"];

    private readonly RouteTable _routes = new();
    private readonly XsoarWorld _world;
    private readonly SandboxOptions _options;

    public XsoarGate(XsoarWorld world, SandboxOptions options)
    {
        _world = world;
        _options = options;
        ServerApi.Map(_routes, world, options);
        IncidentsApi.Map(_routes, world);
        EntriesApi.Map(_routes, world, options);
    }

    /// <summary>The name of the key's user, when the key is right.</summary>
    public string? Caller(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() == _world.ApiKey && (_world.ApiKeyId is null || http.Request.Headers["x-xdr-auth-id"].ToString() == _world.ApiKeyId)
            ? _world.ApiUser
            : null;

    public bool IsUpload(HttpContext http) => Local(http.Request.Path.Value ?? "/") is { } path && _routes.IsUpload(http.Request.Method, path);

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        if (Local(call.Path) is not { } path)
            return ToLogin(call);
        var handler = _routes.Find(call.Method, path, out var values);
        try
        {
            if (Caller(call.Http) is null && path != "/health")
                return Refused();
            if (handler is null)
                return _options.IsXsoar8 ? ToLogin(call) : Error(404, "notFound", "Not found", $"Path {path} not found", "");
            call.Values = values;
            return await handler(call);
        }
        catch (XsoarException error)
        {
            return Error(error.Status, error.Id, error.Title, error.Message, error.Error);
        }
    }

    /// <summary>The path without the prefix; null when 8.x does not find its prefix there.</summary>
    private string? Local(string path)
    {
        if (!_options.IsXsoar8)
            return path;
        return Prefixes.FirstOrDefault(it => path.StartsWith(it + "/", StringComparison.Ordinal)) is { } prefix ? path[prefix.Length..] : null;
    }

    /// <summary>6.x says of a wrong key what it says of a session without its token: 403, not 401.</summary>
    private Answer Refused() => _options.IsXsoar8
        ? Error(401, "unauthorized", "Unauthorized", "Public API request unauthorized", "invalid API key")
        : Error(403, "forbidden", "Forbidden", "Issue with CSRF code", "http: named cookie not present");

    /// <summary>8.x sends whoever asks for a closed or unknown route to the login page.</summary>
    private static Answer ToLogin(ApiCall call) =>
        new(303, default, null) { Headers = [new("Location", $"http://{call.Http.Request.Host}/login")] };

    private static Answer Error(int status, string id, string title, string detail, string error) =>
        new(status, Json.Bytes((id, status, title, detail, error), static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, it.id);
            writer.WriteNumber("status"u8, it.status);
            writer.WriteString("title"u8, it.title);
            writer.WriteString("detail"u8, it.detail);
            writer.WriteString("error"u8, it.error);
            writer.WriteBoolean("encrypted"u8, false);
            writer.WriteNull("multires"u8);
            writer.WriteEndObject();
        }));
}
