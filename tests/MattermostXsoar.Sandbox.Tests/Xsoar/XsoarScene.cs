using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>A sandbox and a plain client of its XSOAR.</summary>
internal sealed class XsoarScene : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly string _prefix;

    private XsoarScene(SandboxServer sandbox, string prefix)
    {
        Sandbox = sandbox;
        _prefix = prefix;
    }

    public SandboxServer Sandbox { get; }

    public Sandbox.Xsoar.XsoarWorld World => Sandbox.Xsoar;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<XsoarScene> StartAsync(
        Sandbox.Xsoar.XsoarBehaviour? behaviour = null,
        string version = "6.14.0",
        SandboxOptions? options = null
    )
    {
        options = (options ?? new SandboxOptions()) with { XsoarVersion = version };
        return new XsoarScene(
            await SandboxServer.StartAsync(behaviour is null ? options : options with { Xsoar = behaviour }),
            version.StartsWith('8') ? "/xsoar/public/v1" : ""
        );
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
    }

    public Task<Reply> GetAsync(string path) => SendAsync("GET", _prefix + path);

    public Task<Reply> PostAsync(string path, object? body) => SendAsync("POST", _prefix + path, body);

    /// <summary>With no prefix but the path's own, and with headers in addition to those of the key.</summary>
    public Task<Reply> SendAsync(
        string method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    ) =>
        SendAsync(
            method,
            path,
            body is null
                ? null
                : new StringContent(
                    body as string ?? JsonSerializer.Serialize(body),
                    Encoding.UTF8,
                    "application/json"
                ),
            headers
        );

    /// <summary>Sends a form. A part whose value is bytes is a file, named <c>field/file name</c>.</summary>
    public Task<Reply> FormAsync(string path, params (string Name, object Value)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in parts)
        {
            if (value is byte[] bytes)
                form.Add(new ByteArrayContent(bytes), name.Split('/')[0], name.Split('/')[^1]);
            else
                form.Add(new StringContent((string)value), name);
        }
        return SendAsync("POST", _prefix + path, form);
    }

    public async Task<HttpResponseMessage> RawAsync(string method, string path, HttpContent? content = null)
    {
        using var request = Request(method, _prefix + path, content);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private async Task<Reply> SendAsync(
        string method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using var request = Request(method, path, content, headers);
        using var response = await _http.SendAsync(request, Token);
        var all = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(
                static it => it.Key,
                static it => string.Join(", ", it.Value),
                StringComparer.OrdinalIgnoreCase
            );
        return new Reply((int)response.StatusCode, all, await response.Content.ReadAsStringAsync(Token));
    }

    private HttpRequestMessage Request(
        string method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Sandbox.XsoarUri, path))
        {
            Content = content,
        };
        if (!headers.Any(static it => it.Name == "Authorization"))
            request.Headers.TryAddWithoutValidation("Authorization", Sandbox.XsoarApiKey);
        if (Sandbox.XsoarApiKeyId is { } id)
            request.Headers.TryAddWithoutValidation("x-xdr-auth-id", id);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
