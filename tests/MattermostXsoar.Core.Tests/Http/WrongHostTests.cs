using MattermostXsoar.Core.Errors;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Something answers, but it is not Mattermost.</summary>
public sealed class WrongHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_web_page_is_named(int status)
    {
        var error = await PingAsync(LoopbackAnswer.Html(status));
        Assert.Contains("answered GET /api/v4/system/ping with a web page, not the Mattermost API", error.Message);
        Assert.Equal(status, error.StatusCode);
    }

    [Fact]
    public async Task A_web_page_with_another_type_is_named_too()
    {
        var error = await PingAsync(LoopbackAnswer.Text("\r\n <html><head>", "application/octet-stream"));
        Assert.Contains("a web page", error.Message);
    }

    [Theory]
    [InlineData("{\"hello\":\"world\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("pong")]
    [InlineData("")]
    public async Task An_answer_of_something_else_is_named(string body)
    {
        var error = await PingAsync(LoopbackAnswer.Text(body, "application/json"));
        Assert.Contains("but not as Mattermost does", error.Message);
    }

    [Theory]
    [InlineData(404, "404 page not found")]
    [InlineData(401, "Unauthorized")]
    public async Task A_refusal_of_something_else_is_named(int status, string body)
    {
        var error = await PingAsync(LoopbackAnswer.Text(body, "text/plain", status));
        Assert.Contains($"HTTP {status}, but not as Mattermost does", error.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_its_target_is_named_without_its_query()
    {
        var error = await PingAsync(
            new LoopbackAnswer { Status = 302 }.With("Location", "https://sso.example.com/login?state=secret-state")
        );
        Assert.Contains(
            "redirects GET /api/v4/system/ping to https://sso.example.com/login, a sign-in page",
            error.Message
        );
        Assert.DoesNotContain("secret-state", error.ToString());
    }

    [Fact]
    public async Task The_error_for_a_redirect_to_https_advises_https()
    {
        var error = await PingAsync(
            new LoopbackAnswer { Status = 301 }.With("Location", "https://127.0.0.1/api/v4/system/ping")
        );
        Assert.StartsWith("Use https: -Uri https://127.0.0.1:", error.Advice);
    }

    [Fact]
    public async Task A_write_answered_with_a_page_may_have_been_acted_on()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Html());
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new() { ChannelId = "c", Message = "m" }, Token)
        );
        Assert.Equal((ErrorIds.WrongHost, true), (error.ErrorId, error.OutcomeUnknown));
        Assert.Single(server.Requests);
    }

    private static async Task<ApiException> PingAsync(LoopbackAnswer answer)
    {
        await using var server = new LoopbackServer(answer);
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));
        Assert.Single(server.Requests);
        Assert.Equal((ErrorIds.WrongHost, ErrorKind.Connection), (error.ErrorId, error.Kind));
        Assert.Contains(server.Uri.Authority, error.Message);
        Assert.Contains("-Uri", error.Advice);
        Assert.False(error.OutcomeUnknown);
        Assert.DoesNotContain(TestClients.Token, error.ToString());
        return error;
    }
}
