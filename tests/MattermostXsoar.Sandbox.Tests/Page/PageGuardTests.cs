using System.Net;

namespace MattermostXsoar.Sandbox.Tests.Page;

/// <summary>Other web pages must not control the sandbox, although every browser on the machine can reach it.</summary>
public sealed class PageGuardTests
{
    [Theory]
    [InlineData("POST", "/sandbox/page/incidents", "Origin", "https://evil.example")]
    [InlineData("POST", "/sandbox/page/incidents", "Origin", "null")]
    [InlineData("POST", "/sandbox/page/incidents", "Origin", "http://127.0.0.1:1")]
    [InlineData("POST", "/sandbox/page/incidents", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "/sandbox/page/incidents", "Sec-Fetch-Site", "same-site")]
    [InlineData("POST", "/sandbox/freeze", "Origin", "https://evil.example")]
    [InlineData("DELETE", "/sandbox/calls", "Origin", "https://evil.example")]
    [InlineData("GET", "/sandbox/calls", "Origin", "https://evil.example")]
    [InlineData("GET", "/sandbox/live", "Host", "evil.example")]
    [InlineData("GET", "/", "Host", "evil.example")]
    [InlineData("POST", "/sandbox/page/incidents", "Host", "127.0.0.1.evil.example")]
    public async Task A_foreign_page_is_refused(string method, string path, string header, string value)
    {
        await using var sandbox = await SandboxServer.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(sandbox, method, path, header, value));
        Assert.Equal(3, sandbox.Xsoar.Incidents.Count);
    }

    [Fact]
    public async Task The_page_itself_and_programs_pass()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        var origin = sandbox.MattermostUri.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(sandbox, "POST", "/sandbox/page/incidents", "Origin", origin));
        Assert.Equal(
            HttpStatusCode.OK,
            await AskAsync(sandbox, "POST", "/sandbox/page/incidents", "Sec-Fetch-Site", "same-origin")
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await AskAsync(sandbox, "POST", "/sandbox/page/incidents", "User-Agent", "a program")
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await AskAsync(sandbox, "GET", "/", "Host", $"localhost:{sandbox.MattermostUri.Port}")
        );
        Assert.Equal(6, sandbox.Xsoar.Incidents.Count);
    }

    private static async Task<HttpStatusCode> AskAsync(
        SandboxServer sandbox,
        string method,
        string path,
        string header,
        string value
    )
    {
        using var client = new HttpClient { BaseAddress = sandbox.MattermostUri };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation(header, value);
        if (method == "POST")
            request.Content = new StringContent("{\"name\":\"mine\"}");
        using var answer = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        return answer.StatusCode;
    }
}
