using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>TLS, proxy and hosts that are not there.</summary>
public sealed class TransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LoopbackAnswer Ping => RecordedAnswer.Load("rest-system-ping").Replay();

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused_with_the_reason()
    {
        using var certificate = SelfSigned(DateTimeOffset.UnixEpoch.AddYears(100));
        await using var server = new LoopbackServer(_ => Ping, certificate);
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Empty(server.Requests);
        Assert.Equal((ErrorIds.CertificateNotTrusted, ErrorKind.Connection), (error.ErrorId, error.Kind));
        Assert.False(error.OutcomeUnknown);
        Assert.Contains("signed by an authority that this machine does not trust", error.Message);
        Assert.Contains("issued for another host name", error.Message);
        Assert.Contains("CN=chat.invalid", error.Message);
        Assert.Contains("-SkipCertificateCheck", error.Advice);
    }

    [Fact]
    public async Task An_expired_certificate_is_reported_as_such()
    {
        using var certificate = SelfSigned(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = new LoopbackServer(_ => Ping, certificate);
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Equal(ErrorIds.CertificateNotTrusted, error.ErrorId);
        Assert.Contains("expired", error.Message);
    }

    [Fact]
    public async Task A_session_that_skips_the_check_takes_any_certificate()
    {
        using var certificate = SelfSigned(DateTimeOffset.UnixEpoch.AddYears(100));
        await using var server = new LoopbackServer(_ => Ping, certificate);
        using var client = TestClients.Mattermost(
            server.Uri,
            transport: new TransportOptions { SkipCertificateCheck = true }
        );

        Assert.True((await client.System.PingAsync(Token)).Ok);
    }

    [Fact]
    public async Task A_server_without_TLS_is_reported_as_such()
    {
        await using var server = new LoopbackServer(Ping);
        using var client = TestClients.Mattermost(new UriBuilder(server.Uri) { Scheme = "https" }.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Equal(ErrorIds.HostUnreachable, error.ErrorId);
        Assert.Contains("TLS", error.Message);
        Assert.Contains("http instead of https", error.Advice);
    }

    [Fact]
    public async Task The_proxy_of_the_options_is_used()
    {
        await using var proxy = new LoopbackServer(Ping);
        using var client = TestClients.Mattermost(
            new Uri("http://chat.invalid:8065"),
            transport: new TransportOptions { Proxy = proxy.Uri }
        );

        Assert.True((await client.System.PingAsync(Token)).Ok);

        Assert.Equal("http://chat.invalid:8065/api/v4/system/ping", Assert.Single(proxy.Requests).Target);
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password_gets_it_and_no_error_quotes_it()
    {
        var challenge = new LoopbackAnswer { Status = 407 }.With("Proxy-Authenticate", "Basic realm=\"proxy\"");
        await using var proxy = new LoopbackServer(request =>
            request.Headers.ContainsKey("Proxy-Authorization") ? Ping : challenge
        );
        var address = new UriBuilder(proxy.Uri) { UserName = "us%40er", Password = "proxy-password" }.Uri;
        using var client = TestClients.Mattermost(
            new Uri("http://chat.invalid"),
            transport: new TransportOptions { Proxy = address }
        );

        Assert.True((await client.System.PingAsync(Token)).Ok);

        var sent = proxy.Requests[^1].Headers["Proxy-Authorization"].Split(' ')[1];
        Assert.Equal("us@er:proxy-password", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(sent)));
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named()
    {
        await using var proxy = new LoopbackServer(
            new LoopbackAnswer { Status = 407 }.With("Proxy-Authenticate", "Basic realm=\"proxy\"")
        );
        var address = new UriBuilder(proxy.Uri) { UserName = "user", Password = "proxy-password" }.Uri;
        using var plain = TestClients.Mattermost(
            new Uri("http://chat.invalid"),
            transport: new TransportOptions { Proxy = address }
        );
        using var tls = TestClients.Mattermost(
            new Uri("https://chat.invalid"),
            transport: new TransportOptions { Proxy = address }
        );

        foreach (var client in new[] { plain, tls })
        {
            var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));
            Assert.Equal(ErrorIds.HostUnreachable, error.ErrorId);
            Assert.StartsWith($"The proxy {proxy.Uri.ToString().TrimEnd('/')} for ", error.Message);
            Assert.Contains("-Proxy", error.Advice);
            Assert.DoesNotContain("proxy-password", error.ToString());
        }
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_and_not_the_server()
    {
        var address = UnusedAddress();
        using var client = TestClients.Mattermost(
            new Uri("https://chat.invalid"),
            transport: new TransportOptions { Proxy = address }
        );

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Equal((ErrorIds.HostUnreachable, false), (error.ErrorId, error.OutcomeUnknown));
        Assert.StartsWith(
            $"The proxy {address.ToString().TrimEnd('/')} for https://chat.invalid could not be used",
            error.Message
        );
        Assert.StartsWith("Check the proxy", error.Advice);
    }

    [Fact]
    public async Task A_page_through_a_proxy_is_suspected_to_be_the_proxy_s()
    {
        await using var proxy = new LoopbackServer(LoopbackAnswer.Html(403));
        using var client = TestClients.Mattermost(
            new Uri("http://chat.invalid"),
            transport: new TransportOptions { Proxy = proxy.Uri }
        );

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Equal(ErrorIds.WrongHost, error.ErrorId);
        Assert.StartsWith(
            $"Check whether the proxy {proxy.Uri.ToString().TrimEnd('/')} answers instead of Mattermost",
            error.Advice
        );
    }

    [Fact]
    public async Task The_system_s_proxy_gets_its_password_and_no_error_quotes_it()
    {
        await using var proxy = new LoopbackServer(request =>
            request.Headers.TryGetValue("Proxy-Authorization", out var sent)
                ? LoopbackAnswer.Json($$"""{"id":"x","message":"{{sent}} system-password","status_code":400}""", 400)
                : new LoopbackAnswer { Status = 407 }.With("Proxy-Authenticate", "Basic realm=\"proxy\"")
        );
        // The process has one; this one serves no other host.
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyOfOneHost(
            "chat-behind-proxy.invalid",
            proxy.Uri,
            new NetworkCredential("user", "system-password")
        );
        try
        {
            using var client = TestClients.Mattermost(
                new Uri("http://chat-behind-proxy.invalid"),
                transport: new TransportOptions { UseSystemProxy = true }
            );

            var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));

            Assert.Contains("Basic *** ***", error.Message);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable_and_the_outcome_is_known()
    {
        using var client = TestClients.Mattermost(UnusedAddress());

        var read = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));
        var post = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new() { ChannelId = "c", Message = "m" }, Token)
        );

        Assert.All(
            [read, post],
            error =>
            {
                Assert.Equal((ErrorIds.HostUnreachable, ErrorKind.Connection), (error.ErrorId, error.Kind));
                Assert.False(error.OutcomeUnknown);
                Assert.Contains("could not be reached", error.Message);
                Assert.Contains("-Proxy", error.Advice);
                Assert.Null(error.StatusCode);
            }
        );
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_not_looked_up_four_times()
    {
        var time = new WaitRecordingTimeProvider();
        using var client = TestClients.Mattermost(
            new Uri("http://no-such-host.invalid"),
            TestClients.Environment(time)
        );

        var error = await Assert.ThrowsAsync<ApiException>(() => client.System.PingAsync(Token));

        Assert.Equal(ErrorIds.HostUnreachable, error.ErrorId);
        Assert.Contains("http://no-such-host.invalid could not be reached", error.Message);
    }

    private sealed class ProxyOfOneHost(string host, Uri address, ICredentials credentials) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = credentials;

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : address;

        public bool IsBypassed(Uri destination) => destination.Host != host;
    }

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static X509Certificate2 SelfSigned(DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=chat.invalid",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), until);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
