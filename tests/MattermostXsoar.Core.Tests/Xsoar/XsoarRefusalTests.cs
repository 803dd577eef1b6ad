using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>XSOAR's refusals, in the words of xsoar-rest.md.</summary>
public sealed class XsoarRefusalTests
{
    private const string Csrf =
        """{"id":"forbidden","status":403,"title":"Forbidden","detail":"Issue with CSRF code","error":"http: named cookie not present","encrypted":false,"multires":null}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, Csrf)]
    [InlineData(401, "")]
    [InlineData(401, """{"reply":{"err_code":401,"err_msg":"Public API request unauthorized"}}""")]
    [InlineData(403, "")]
    public async Task An_unknown_key_is_named(int status, string body)
    {
        var error = await ReadAsync(LoopbackAnswer.Json(body, status));
        Assert.Equal((ErrorIds.InvalidXsoarKey, ErrorKind.Authentication), (error.ErrorId, error.Kind));
        Assert.Contains("-XsoarApiKey", error.Advice);
    }

    [Fact]
    public async Task A_role_that_lacks_a_right_is_named()
    {
        var error = await ReadAsync(
            LoopbackAnswer.Json(
                """{"id":"forbidden","status":403,"title":"Forbidden","detail":"Unauthorized to access investigation"}""",
                403
            )
        );
        Assert.Equal((ErrorIds.PermissionDenied, ErrorKind.Permission), (error.ErrorId, error.Kind));
        Assert.Contains("Unauthorized to access investigation", error.Message);
    }

    [Theory]
    [InlineData("""{"id":"noInv","status":400,"title":"x","detail":"nope"}""")]
    [InlineData("""{"id":"bad","status":400,"detail":"Could not find investigation 4711"}""")]
    public async Task An_unknown_investigation_is_named(string body)
    {
        var error = await ReadAsync(LoopbackAnswer.Json(body, 400));
        Assert.Equal((ErrorIds.InvestigationNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("'4711'", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"id":"x","status":412,"detail":"Investigation is closed"}""")]
    public async Task A_closed_investigation_is_named(string body)
    {
        var error = await WriteAsync(LoopbackAnswer.Json(body, 412));
        Assert.Equal(
            (ErrorIds.InvestigationClosed, ErrorKind.InvalidOperation, false),
            (error.ErrorId, error.Kind, error.OutcomeUnknown)
        );
    }

    [Fact]
    public async Task Another_400_is_a_bad_request()
    {
        var error = await WriteAsync(
            LoopbackAnswer.Json("""{"id":"bad_request","status":400,"detail":"Bad format"}""", 400)
        );
        Assert.Equal((ErrorIds.InvalidRequest, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Equal("bad_request", error.ServerErrorId);
        Assert.Contains("Bad format", error.Message);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task An_entry_is_not_sent_again_after_a_5xx(int status)
    {
        var error = await WriteAsync(LoopbackAnswer.Json("""{"id":"err","status":500,"detail":"db"}""", status));
        Assert.Equal((ErrorIds.ServerError, true), (error.ErrorId, error.OutcomeUnknown));
    }

    [Fact]
    public async Task An_entry_whose_connection_breaks_is_not_sent_again()
    {
        var error = await WriteAsync(new LoopbackAnswer { Drop = true });
        Assert.Equal((ErrorIds.HostUnreachable, true), (error.ErrorId, error.OutcomeUnknown));
    }

    [Theory]
    [InlineData(null, "needs -XsoarApiKeyId")]
    [InlineData("17", "https://api-<tenant>")]
    public async Task The_web_pages_host_is_distinguished_from_the_API(string? keyId, string advice)
    {
        foreach (
            var answer in new[]
            {
                new LoopbackAnswer { Status = 303 }.With("Location", "/login"),
                LoopbackAnswer.Html(),
                LoopbackAnswer.Json("{}"),
                LoopbackAnswer.Text("hello", "text/plain"),
            }
        )
        {
            await using var server = new LoopbackServer(answer);
            using var client = TestClients.Xsoar(server.Uri, keyId);
            var error = await Assert.ThrowsAsync<ApiException>(() => client.AboutAsync(Token));
            Assert.Equal((ErrorIds.WrongHost, ErrorKind.Connection), (error.ErrorId, error.Kind));
            Assert.Contains("-XsoarUri", error.Advice);
            Assert.Contains(advice, error.Advice);
        }
    }

    [Fact]
    public async Task A_redirect_to_the_sign_in_page_names_it()
    {
        var error = await ReadAsync(new LoopbackAnswer { Status = 303 }.With("Location", "/login?next=x"));
        Assert.Contains("to /login, a sign-in page", error.Message);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out()
    {
        var time = new WaitRecordingTimeProvider();
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("", 429).With("Retry-After", "2"),
            LoopbackAnswer.Json("""{"id":"97@4711"}""")
        );
        using var client = TestClients.Xsoar(server.Uri, environment: TestClients.Environment(time));
        Assert.Equal("97@4711", (await client.AddFormattedEntryAsync("4711", "x", cancellationToken: Token)).Id);
        Assert.Equal([TimeSpan.FromSeconds(2)], time.Waits);
    }

    [Fact]
    public void A_key_id_that_is_no_number_is_refused()
    {
        var error = Assert.Throws<MattermostXsoarException>(() =>
            TestClients.Xsoar(new Uri("https://x.invalid"), "a\r\nb")
        );
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    private static async Task<ApiException> ReadAsync(LoopbackAnswer answer)
    {
        await using var server = new LoopbackServer(answer);
        using var client = TestClients.Xsoar(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.GetInvestigationAsync("4711", new EntryQuery(), Token)
        );
        Assert.DoesNotContain(TestClients.XsoarKey, error.ToString());
        Assert.False(error.OutcomeUnknown);
        return error;
    }

    private static async Task<ApiException> WriteAsync(LoopbackAnswer answer)
    {
        await using var server = new LoopbackServer(answer);
        using var client = TestClients.Xsoar(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.AddFormattedEntryAsync("4711", "x", cancellationToken: Token)
        );
        Assert.Single(server.Requests);
        return error;
    }
}
