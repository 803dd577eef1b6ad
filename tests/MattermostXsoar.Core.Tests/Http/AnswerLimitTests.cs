using System.Net;
using System.Net.Sockets;
using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Answers that do not end, that are no object of their kind, or that lead elsewhere.</summary>
public sealed class AnswerLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endless_answer_is_read_up_to_a_limit_and_is_a_clear_error()
    {
        await using var server = new EndlessServer("200 OK", announced: null);
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));
        Assert.Equal((ErrorIds.WrongHost, ErrorKind.Connection), (error.ErrorId, error.Kind));
        Assert.Contains("with more than 16 MB, which Mattermost never sends", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
        Assert.InRange(server.Sent, 16L << 20, 32L << 20);
    }

    [Fact]
    public async Task An_answer_that_announces_more_than_the_limit_is_not_believed()
    {
        await using var server = new EndlessServer("200 OK", announced: 50L << 30);
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));
        Assert.Contains("with more than 16 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_endless_refusal_the_beginning_is_read()
    {
        await using var server = new EndlessServer("403 Forbidden", announced: null);
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));
        Assert.Equal((ErrorIds.WrongHost, 403), (error.ErrorId, error.StatusCode));
        Assert.InRange(server.Sent, 1L << 20, 16L << 20);
    }

    [Fact]
    public async Task An_endless_answer_to_a_write_leaves_its_outcome_unknown()
    {
        await using var server = new EndlessServer("201 Created", announced: null);
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = "m" }, Token)
        );
        Assert.True(error.OutcomeUnknown);
    }

    [Theory]
    [InlineData(AnswerSize.Single, 16)]
    [InlineData(AnswerSize.List, 64)]
    [InlineData(AnswerSize.WarRoom, 256)]
    public void Each_kind_of_answer_has_its_limit(object kind, int megaBytes) =>
        Assert.Equal(megaBytes << 20, ((AnswerSize)kind).Limit());

    [Fact]
    public async Task An_empty_object_is_no_channel_no_user_no_post_and_no_incident()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("{}"));
        using var client = TestClients.Mattermost(server.Uri);
        using var xsoar = TestClients.Xsoar(server.Uri);
        Func<Task>[] calls =
        [
            () => client.Users.GetMeAsync(Token),
            () => client.Users.GetAsync("u", Token),
            () => client.Teams.GetByNameAsync("t", Token),
            () => client.Channels.GetAsync("c", Token),
            () => client.Channels.GetMemberAsync("c", "u", Token),
            () => client.Groups.GetAsync("g", Token),
            () => client.Posts.GetAsync("p", Token),
            () => client.Files.GetInfoAsync("f", Token),
            () => xsoar.SearchIncidentsAsync(new IncidentQuery(), Token),
            () => xsoar.GetInvestigationAsync("1", new EntryQuery(), Token),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<ApiException>(call);
            Assert.Equal((ErrorIds.WrongHost, false), (error.ErrorId, error.OutcomeUnknown));
        }

        var write = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = "m" }, Token)
        );
        Assert.Equal((ErrorIds.WrongHost, true), (write.ErrorId, write.OutcomeUnknown));
        var entry = await Assert.ThrowsAsync<ApiException>(() =>
            xsoar.AddFormattedEntryAsync("1", "text", cancellationToken: Token)
        );
        Assert.Equal((ErrorIds.WrongHost, true), (entry.ErrorId, entry.OutcomeUnknown));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_is_followed_whatever_its_status(int status)
    {
        await using var other = new LoopbackServer(LoopbackAnswer.Json("{}"));
        await using var server = new LoopbackServer(
            new LoopbackAnswer { Status = status }.With("Location", other.Uri + "api/v4/posts")
        );
        using var client = TestClients.Mattermost(server.Uri);
        var read = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));
        var write = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = "m" }, Token)
        );
        var file = await Assert.ThrowsAsync<ApiException>(() => client.Files.OpenAsync("f", Token));
        foreach (var error in new[] { read, write, file })
        {
            Assert.Equal((ErrorIds.WrongHost, status), (error.ErrorId, error.StatusCode));
            Assert.Contains($"redirects ", error.Message, StringComparison.Ordinal);
            Assert.Contains(other.Uri.Authority, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Of_a_list_only_the_elements_are_lost_that_are_none_and_of_an_object_only_what_has_a_wrong_shape()
    {
        var told = new List<string>();
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """
                [{"id":"a","username":"ann","notify_props":[1],"create_at":"soon"},{},5,null,{"id":5,"username":"x"},
                {"id":"b","username":"bob","create_at":"1795444593836","delete_at":253402300800000000}]
                """
            )
        );
        var environment = TestClients.Environment();
        environment.UnreadableValues = told.Add;
        using var client = TestClients.Mattermost(server.Uri, environment);
        var users = await client.Users.GetByIdsAsync(["a", "b"], Token);
        Assert.Equal([("a", "ann"), ("b", "bob")], users.Select(user => (user.Id, user.Username)));
        Assert.Equal(1795444593836, users[1].CreateAtMs);
        Assert.Equal(9000, users[1].DeleteAt!.Value.Year);
        Assert.Contains("values of a wrong shape (", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_page_of_posts_only_the_one_that_cannot_be_read_is_lost()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """
                {"order":["c","b","a"],"posts":{"a":{"id":"a","create_at":1,"message":"first","reply_count":{}},"b":5,
                "c":{"id":"c","create_at":3,"message":"third"}}}
                """
            )
        );
        using var client = TestClients.Mattermost(server.Uri);
        var page = await client.Posts.ListAsync("c", 0, 60, Token);
        Assert.Equal(["first", "third"], page.Ascending.Select(post => post.Message));
        Assert.Equal(3, page.RawOrder.Count);
    }

    [Fact]
    public async Task Half_a_character_in_what_anybody_may_attach_to_a_post_is_no_error()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """
                {"id":"a","message":"m","file_ids":["f"],"props":{"from_bot":"\ud83d","xsoar_entry_id":"\ud83d"},
                "metadata":{"files":[{"id":"\ud83d","name":"x"},{"id":"f","name":"\ud83d","size":2}]}}
                """
            )
        );
        using var client = TestClients.Mattermost(server.Uri);
        var post = await client.Posts.GetAsync("a", Token);
        Assert.False(post.IsFromBot);
        Assert.Equal("", post.EntryId);
        var file = Assert.Single(Core.Mirroring.Outbox.PostFiles.Of(post));
        Assert.Equal(("", 2L), (file.Name, file.Size));
    }

    [Fact]
    public async Task A_list_that_breaks_off_is_no_shorter_list()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""[{"id":"a","username":5},{"id":"b","userna""")
        );
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetByIdsAsync(["a", "b"], Token));
        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
    }

    [Theory]
    [InlineData(403, true)]
    [InlineData(403, false)]
    [InlineData(406, true)]
    [InlineData(400, true)]
    public async Task What_a_firewall_refuses_is_told_as_that(int status, bool isPage)
    {
        await using var server = new LoopbackServer(
            isPage ? LoopbackAnswer.Html(status) : LoopbackAnswer.Text("Request Rejected", "text/plain", status)
        );
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = "' or 1=1" }, Token)
        );
        Assert.StartsWith(
            "A firewall or proxy in front of Mattermost refuses this text: ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains($"HTTP {status}", error.Message, StringComparison.Ordinal);
        Assert.Contains("have it let this one pass", error.Advice, StringComparison.Ordinal);
        Assert.False(error.OutcomeUnknown);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(501)]
    public async Task File_sharing_that_is_switched_off_is_told_as_that(int status)
    {
        await using var server = new LoopbackServer(request =>
            request.Method == "GET"
                ? LoopbackAnswer.Json("{}")
                : LoopbackAnswer.Json(
                    $$"""
                    {"id":"api.file.attachments.disabled.app_error","message":"File attachments have been disabled on this server.","detailed_error":"","request_id":"r","status_code":{{status}}}
                    """,
                    status
                )
        );
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Files.UploadAsync("c", TestFiles.From(new MemoryStream([1]), 1, "a.txt"), null, Token)
        );
        Assert.Equal((ErrorIds.FileSharingDisabled, ErrorKind.NotImplemented), (error.ErrorId, error.Kind));
        Assert.StartsWith("File sharing is switched off", error.Message, StringComparison.Ordinal);
        Assert.True(Core.Mirroring.Resilience.FailurePolicy.IsRefusedFile(error));
    }

    /// <summary>Answers every request with a JSON text that does not end.</summary>
    private sealed class EndlessServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;
        private long _sent;
        private int _connections;

        public EndlessServer(string status, long? announced)
        {
            _listener.Start();
            Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
            _serving = ServeAsync(status, announced);
        }

        public Uri Uri { get; }

        public long Sent => Interlocked.Read(ref _sent);

        public int Connections => Volatile.Read(ref _connections);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(string status, long? announced)
        {
            var length = announced is { } bytes ? $"Content-Length: {bytes}\r\n" : "";
            var head = Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{length}Connection: close\r\n\r\n{{\"id\":\""
            );
            var block = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[64 * 1024], 1);
                    await stream.WriteAsync(head);
                    while (true)
                    {
                        await stream.WriteAsync(block);
                        Interlocked.Add(ref _sent, block.Length);
                    }
                }
                catch (IOException)
                {
                    // The client has read enough.
                }
                catch (Exception exception)
                    when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        }
    }
}
