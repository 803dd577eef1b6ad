using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>The entrance of the XSOAR server: prefixes, keys, and the form of errors in 6.x and in 8.x.</summary>
internal sealed class XsoarGate
{
    private const string PublicPrefix = "/xsoar/public/v1";

    private const string LoginPath = "/login";

    private static readonly byte[] LoginPage =
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>"u8.ToArray();

    /// <summary>Parts of the API that the sandbox does not have; a call of one is refused by name.</summary>
    public static IReadOnlyList<string> Missing { get; } =
    [
        "apikeys",
        "automation",
        "classifier",
        "contentpacks",
        "dashboards",
        "evidence",
        "incidentfields",
        "incidenttype",
        "incidenttypes",
        "indicator",
        "indicators",
        "playbook",
        "report",
        "reports",
        "reputation",
        "settings",
        "statistics",
        "widgets",
    ];

    private readonly RouteTable _routes = new();
    private readonly XsoarWorld _world;
    private readonly XsoarKeys _keys;
    private readonly SandboxOptions _options;
    private readonly string[] _prefixes;

    public XsoarGate(XsoarWorld world, SandboxOptions options)
    {
        _world = world;
        _options = options;
        _keys = new XsoarKeys(world);
        _prefixes = options.IsXsoar8
            ? [PublicPrefix, "/xsoar"]
            : [options.Xsoar.Tenant is { } tenant ? "/acc_" + tenant : ""];
        ServerApi.Map(_routes, world, options);
        IncidentSearchApi.Map(_routes, world, options);
        IncidentsApi.Map(_routes, world);
        IncidentBatchApi.Map(_routes, world);
        IncidentFilesApi.Map(_routes, world);
        InvestigationsApi.Map(_routes, world, options);
        EntriesApi.Map(_routes, world, options);
        EntryFilesApi.Map(_routes, world);
        TasksApi.Map(_routes, world);
        WorkPlansApi.Map(_routes, world);
    }

    private XsoarBehaviour Behaviour => _options.Xsoar;

    /// <summary>The name of the key's user, if the key is valid.</summary>
    public string? Caller(HttpContext http) => _keys.IsRight(http) ? _world.ApiUser : null;

    public bool IsUpload(HttpContext http) =>
        Local(http.Request.Path.Value ?? "/", out _) is { } path && _routes.IsUpload(http.Request.Method, path);

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        var mayCall = Caller(call.Http) is not null;
        if (_options.IsXsoar8 && call.Path.StartsWith(PlatformApi.Prefix, StringComparison.Ordinal))
            return PlatformApi.Handle(_world, call, mayCall);
        if (_options.IsXsoar8 && call is { Method: "GET", Path: LoginPath })
            return new Answer(200, LoginPage, "text/html; charset=utf-8");
        if (Local(call.Path, out var prefix) is not { } path)
            return Unknown(call);
        if (!mayCall && !ServerApi.IsOpen(path))
            return Refused();
        if (Begins(path, Behaviour.RefusedRoutes))
            return Error(
                403,
                "forbidden",
                "Forbidden",
                "You are not permitted to do this action",
                "user has no permission"
            );
        if (Begins(path, Behaviour.ClosedRoutes) || (path == IncidentSearchApi.ModifiedPath && prefix != PublicPrefix))
            return Unknown(call);
        if (prefix == PublicPrefix && Begins(path, Behaviour.CollidingRoutes))
            return Error(405, "methodNotAllowed", "Method not allowed", "Method not allowed", "");
        if (_routes.Find(call.Method, path, out var values) is not { } handler)
            return Missing.Contains(path.Split('/')[1])
                ? Error(
                    501,
                    "notImplemented",
                    "Not implemented",
                    $"The sandbox does not have /{path.Split('/')[1]}.",
                    ""
                )
                : Unknown(call);
        call.Values = values;
        try
        {
            return await handler(call);
        }
        catch (XsoarException error)
        {
            return error.Id == XsoarException.ClosedId
                ? Closed(error)
                : Error(error.Status, error.Id, error.Title, error.Message, error.Error);
        }
    }

    private static bool Begins(string path, IReadOnlyList<string> beginnings) =>
        beginnings.Any(it => path.StartsWith(it, StringComparison.OrdinalIgnoreCase));

    /// <summary>The path without the prefix; null if it lacks the prefix.</summary>
    private string? Local(string path, out string? prefix)
    {
        prefix = Array.Find(_prefixes, it => path.StartsWith(it + "/", StringComparison.Ordinal));
        return prefix is null ? null : path[prefix.Length..];
    }

    /// <summary>6.x answers a wrong key like a session without its CSRF token: 403, not 401.</summary>
    private Answer Refused() =>
        _options.IsXsoar8
            ? Error(401, "unauthorized", "Unauthorized", "Public API request unauthorized", "invalid API key")
            : Error(403, "forbidden", "Forbidden", "Issue with CSRF code", "http: named cookie not present");

    /// <summary>8.x redirects requests for a closed or unknown route to the login page.</summary>
    private Answer Unknown(ApiCall call) =>
        _options.IsXsoar8
            ? new Answer(303, default, null)
            {
                Headers = [new("Location", $"http://{call.Http.Request.Host}{LoginPath}")],
            }
            : Error(404, "notFound", "Not found", $"Path {call.Path} not found", "");

    private Answer Closed(XsoarException error) =>
        Behaviour.ClosedAnswer switch
        {
            ClosedAnswer.Empty => new Answer(412, default, null),
            ClosedAnswer.Text => new Answer(
                412,
                Encoding.UTF8.GetBytes(error.Message + "\n"),
                "text/plain; charset=utf-8"
            ),
            ClosedAnswer.Html => new Answer(
                412,
                "<html><body><h1>412 Precondition Failed</h1></body></html>"u8.ToArray(),
                "text/html"
            ),
            _ => Error(412, error.Id, error.Title, error.Message, error.Error),
        };

    private static Answer Error(int status, string id, string title, string detail, string error) =>
        new(
            status,
            Json.Bytes(
                (id, status, title, detail, error),
                static (writer, it) =>
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
                }
            )
        );
}
