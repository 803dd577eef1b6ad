using System.Collections.Concurrent;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>No token in any text that leaves the clients, and no redirect followed with one.</summary>
public sealed class SecrecyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string> Quotes =>
        new()
        {
            { Error("token=" + TestClients.Token), 400, "application/json" },
            { Error("token=" + TestClients.Token), 401, "application/json" },
            { Error("token=" + TestClients.Token), 403, "application/json" },
            { Error("token=" + TestClients.Token), 404, "application/json" },
            { Error("token=" + TestClients.Token), 413, "application/json" },
            { Error("token=" + TestClients.Token), 500, "application/json" },
            { Error("token=" + TestClients.Token), 501, "application/json" },
            { TestClients.Token, 429, "text/plain" },
            { TestClients.Token, 502, "text/plain" },
            { TestClients.Token, 404, "text/plain" },
            { $"<html>{TestClients.Token}</html>", 200, "text/html" },
            { $"{{\"{TestClients.Token}\":{TestClients.Token}", 200, "application/json" },
        };

    [Theory]
    [MemberData(nameof(Quotes))]
    public async Task A_server_that_quotes_the_token_is_not_quoted(string body, int status, string type)
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text(body, type, status).With("X-Request-Id", "a1b2")
        );
        var records = new ConcurrentQueue<HttpCallRecord>();
        var environment = TestClients.Environment();
        environment.Observer = records.Enqueue;
        using var client = TestClients.Mattermost(server.Uri, environment);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Users.GetByUsernameAsync(TestClients.Token, Token)
        );

        Assert.DoesNotContain(TestClients.Token, $"{error} {error.Advice} {error.ServerErrorId} {error.RequestId}");
        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.DoesNotContain(TestClients.Token, record.ToString()));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_token_across_the_cut_of_a_quote_is_not_quoted_in_part(int status)
    {
        var text = new ErrorText("Mattermost", "-Uri", new Uri("http://localhost"), Known());
        for (var before = 270; before < 310; before++)
            Assert.DoesNotContain("badt", text.Quote(new string('x', before) + " " + TestClients.Token));
        for (var before = 4050; before < 4100; before++)
            Assert.DoesNotContain("badt", text.Quote(new string(' ', before) + TestClients.Token));

        await using var server = new LoopbackServer(
            LoopbackAnswer.Text(Error(new string('x', 285) + " " + TestClients.Token), "application/json", status)
        );
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));
        Assert.DoesNotContain(TestClients.Token.Substring(0, 10), error.ToString());
    }

    [Theory]
    [InlineData("{\"id\":\"some.error\",\"message\":\"no\"}", 400)]
    [InlineData("slow down", 429)]
    [InlineData("down", 502)]
    [InlineData("{cut", 200)]
    public async Task A_request_id_that_holds_the_token_is_redacted(string body, int status)
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text(body, "application/json", status).With("X-Request-Id", "id-" + TestClients.Token)
        );
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));

        Assert.Equal("id-***", error.RequestId);
    }

    [Fact]
    public async Task A_request_id_of_XSOAR_that_holds_the_key_is_redacted()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer
                .Text("{\"id\":\"forbidden\",\"detail\":\"no\"}", "application/json", 403)
                .With("X-Request-Id", "id-" + TestClients.XsoarKey)
        );
        using var client = TestClients.Xsoar(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.AboutAsync(Token));

        Assert.Equal("id-***", error.RequestId);
    }

    [Fact]
    public void A_proxys_password_and_its_header_are_known_from_the_start()
    {
        var environment = TestClients.Environment();
        using var client = TestClients.Mattermost(
            new Uri("http://localhost"),
            environment,
            new TransportOptions { Proxy = new Uri("http://us%40er:p%2Bss@proxy:3128") }
        );

        var header = Convert.ToBase64String("us@er:p+ss"u8.ToArray());

        Assert.Equal("*** *** *** us@er", environment.Redactor.Redact($"p+ss p%2bss {header} us@er"));
    }

    [Fact]
    public async Task A_redirect_that_carries_the_token_is_neither_followed_nor_quoted()
    {
        await using var elsewhere = new LoopbackServer(LoopbackAnswer.Json("{}"));
        await using var server = new LoopbackServer(
            new LoopbackAnswer { Status = 307 }.With(
                "Location",
                $"{elsewhere.Uri}{TestClients.Token}?t={TestClients.Token}"
            )
        );
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));

        Assert.Equal(ErrorIds.WrongHost, error.ErrorId);
        Assert.Empty(elsewhere.Requests);
        Assert.Contains(elsewhere.Uri.Authority, error.Message);
        Assert.DoesNotContain(TestClients.Token, error.ToString());
    }

    [Fact]
    public async Task The_token_travels_in_its_header_only()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-users-me-bot-token").Replay());
        using var client = TestClients.Mattermost(server.Uri);

        await client.Users.GetMeAsync(Token);

        var request = Assert.Single(server.Requests);
        Assert.DoesNotContain(TestClients.Token, request.Target + request.Body);
        Assert.Equal(
            ["Authorization"],
            request.Headers.Where(header => header.Value.Contains(TestClients.Token)).Select(header => header.Key)
        );
    }

    [Fact]
    public async Task An_observer_is_notified_of_every_try()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Html(502),
            RecordedAnswer.Load("rest-users-me-bot-token").Replay()
        );
        var records = new ConcurrentQueue<HttpCallRecord>();
        var environment = TestClients.Environment();
        environment.Observer = records.Enqueue;
        using var client = TestClients.Mattermost(server.Uri, environment);

        await client.Users.GetMeAsync(Token);

        Assert.Collection(
            records,
            first =>
                Assert.Equal(
                    ("GET", "/api/v4/users/me", 502, 1),
                    (first.Method, first.Path, first.Status, first.Attempt)
                ),
            second =>
                Assert.Equal(
                    ("GET", "/api/v4/users/me", 200, 2),
                    (second.Method, second.Path, second.Status, second.Attempt)
                )
        );
        Assert.NotNull(records.First().Error);
        Assert.Null(records.Last().Error);
    }

    private static ClientEnvironment Known()
    {
        var environment = TestClients.Environment();
        environment.Redactor.Add(TestClients.Token);
        return environment;
    }

    private static string Error(string text) =>
        $"{{\"id\":\"app.some.{text}\",\"message\":\"{text}\",\"detailed_error\":\"{text}\",\"request_id\":\"{text}\"}}";
}
