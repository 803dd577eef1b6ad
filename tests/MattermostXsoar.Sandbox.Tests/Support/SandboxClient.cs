using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>A plain HTTP client of one sandbox, for both servers.</summary>
internal sealed class SandboxClient(SandboxServer sandbox) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    public Task<Reply> GetAsync(string path, string? token = null) => SendAsync("GET", path, null, token);

    public Task<Reply> PostAsync(string path, object? body, string? token = null) =>
        SendAsync("POST", path, body, token);

    public async Task<Reply> SendAsync(string method, string path, object? body, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(sandbox.MattermostUri, path));
        if (token != "")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? sandbox.PersonalToken);
        return await SendAsync(request, body);
    }

    public async Task<Reply> XsoarAsync(string method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(sandbox.XsoarUri, path));
        request.Headers.TryAddWithoutValidation("Authorization", key ?? sandbox.XsoarApiKey);
        if (sandbox.XsoarApiKeyId is { } id)
            request.Headers.TryAddWithoutValidation("x-xdr-auth-id", id);
        return await SendAsync(request, body);
    }

    private async Task<Reply> SendAsync(HttpRequestMessage request, object? body)
    {
        if (body is not null)
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body),
                Encoding.UTF8,
                "application/json"
            );
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(it => it.Key, it => string.Join(", ", it.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply(
            (int)response.StatusCode,
            headers,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }
}
