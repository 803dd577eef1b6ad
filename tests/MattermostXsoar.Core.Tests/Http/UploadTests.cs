using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Files on their way to a server: streamed, limited in their silences only, and never sent twice by
/// themselves.</summary>
public sealed class UploadTests
{
    private const long Large = 100L * 1024 * 1024;

    // What two sockets may hold between them.
    private const long Buffers = 24L * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ProgressClock _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_file_is_read_only_as_fast_as_the_server_takes_it()
    {
        using var server = new TransferServer();
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(Large);
        var progress = 0L;
        var sending = connection.SendAsync(
            Upload(TestFiles.From(file, Large), sent => Interlocked.Exchange(ref progress, sent))
        );
        var head = await server.HeadAsync(Token);
        await server.GiveAsync("HTTP/1.1 100 Continue\r\n\r\n", Token);
        for (var taken = 0L; taken < Large; taken += Large / 10)
        {
            Assert.InRange(file.BytesRead, 0, taken + Buffers);
            // Far longer in all than the limit of 100 s for a request that sends no file.
            _time.Advance(TimeSpan.FromSeconds(60));
            await server.TakeAsync(Large / 10, Token);
        }

        await server.AnswerAsync("""{"status":"OK"}""", Token);

        Assert.Equal("OK", (await sending.WaitAsync(Deadline, Token)).Status);
        Assert.Contains($"Content-Length: {Large}\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Expect: 100-continue", head, StringComparison.Ordinal);
        Assert.Equal(Large, progress);
        Assert.True(file.IsDisposed);
    }

    [Fact]
    public async Task A_server_that_takes_no_more_ends_it_with_an_unknown_outcome()
    {
        using var server = new TransferServer();
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(Large);
        var sending = connection.SendAsync(Upload(TestFiles.From(file, Large)));
        await server.HeadAsync(Token);
        await server.GiveAsync("HTTP/1.1 100 Continue\r\n\r\n", Token);
        await server.TakeAsync(1000, Token);
        var error = await EndAsync(sending);

        Assert.Equal(
            (ErrorIds.RequestTimeout, ErrorKind.Timeout, true),
            (error.ErrorId, error.Kind, error.OutcomeUnknown)
        );
        Assert.Contains(
            "neither received nor sent anything for 100 s during POST /upload",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.True(file.IsDisposed);
    }

    [Fact]
    public async Task A_cancellation_ends_it_at_once()
    {
        using var server = new TransferServer();
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(Large);
        using var cancel = new CancellationTokenSource();
        var sending = connection.SendAsync(Upload(TestFiles.From(file, Large)), cancel.Token);
        await server.HeadAsync(Token);
        await server.GiveAsync("HTTP/1.1 100 Continue\r\n\r\n", Token);
        await server.TakeAsync(1000, Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Deadline, Token));
        Assert.True(file.IsDisposed);
    }

    [Fact]
    public async Task A_refusal_comes_before_the_file_is_opened()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("{}", 413).With("Connection", "close"))
        {
            RefusesBodies = true,
        };
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(Large);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            connection.SendAsync(Upload(TestFiles.From(file, Large)))
        );

        Assert.Equal(ErrorIds.FileTooLarge, error.ErrorId);
        Assert.Equal(0, file.BytesRead);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_s_failure_is_not_answered_with_a_second_try(int status)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("{}", status));
        using var connection = new OpenTransport(server.Uri, new WaitRecordingTimeProvider());

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            connection.SendAsync(Upload(TestFiles.Text("a.txt", "one")))
        );

        Assert.True(error.OutcomeUnknown);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_dropped_connection_is_not_answered_with_a_second_try()
    {
        await using var server = new LoopbackServer(new LoopbackAnswer { Drop = true });
        using var connection = new OpenTransport(server.Uri, new WaitRecordingTimeProvider());

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            connection.SendAsync(Upload(TestFiles.Text("a.txt", "one")))
        );

        Assert.True(error.OutcomeUnknown);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_and_the_whole_file_sent_again()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text("limit exceeded", "text/plain", 429).With("Retry-After", "2"),
            LoopbackAnswer.Json("""{"status":"OK"}""")
        );
        var time = new WaitRecordingTimeProvider();
        using var connection = new OpenTransport(server.Uri, time);

        await connection.SendAsync(Upload(TestFiles.Text("a.txt", "one")));

        Assert.Equal(["one", "one"], server.Requests.Select(request => request.Body));
        Assert.Contains(TimeSpan.FromSeconds(2), time.Waits);
    }

    [Fact]
    public async Task A_file_of_unknown_length_is_sent_in_chunks()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var connection = new OpenTransport(server.Uri, _time);

        await connection.SendAsync(Upload(TestFiles.Text("a.txt", "one two", hasLength: false)));

        var request = Assert.Single(server.Requests);
        Assert.Equal("chunked", request.Headers["Transfer-Encoding"]);
        Assert.Equal("one two", request.Body);
    }

    [Fact]
    public async Task A_form_holds_the_fields_and_the_file_under_its_own_name()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var connection = new OpenTransport(server.Uri, _time);
        var body = UploadBody.Form(
            [new("comment", "see „this“")],
            "file",
            TestFiles.Text("отчёт \"ü\".txt", "bytes"),
            null
        );

        await connection.SendAsync(new ApiRequest(HttpMethod.Post, "/upload") { Upload = body });

        var request = Assert.Single(server.Requests);
        var boundary = request.Headers["Content-Type"]["multipart/form-data; boundary=".Length..];
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\nsee „this“\r\n"
                + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"отчёт \\\"ü\\\".txt\"\r\n"
                + $"Content-Type: application/octet-stream\r\n\r\nbytes\r\n--{boundary}--\r\n",
            request.Body
        );
    }

    [Fact]
    public async Task A_file_that_became_shorter_is_named()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(10);

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            connection.SendAsync(Upload(TestFiles.From(file, 20)))
        );

        Assert.Equal(ErrorIds.FileUnavailable, error.ErrorId);
        Assert.Contains("'big.bin' ended after 10 of 20 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_grows_is_sent_as_long_as_it_was()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var connection = new OpenTransport(server.Uri, _time);
        using var file = new CountingStream(20);

        await connection.SendAsync(Upload(TestFiles.From(file, 10)));

        Assert.Equal(10, Assert.Single(server.Requests).Body.Length);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named_and_not_the_server_blamed()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var connection = new OpenTransport(server.Uri, _time);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "here", Token);
        var file = FileSource.OnDisk(path);
        File.Delete(path);

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => connection.SendAsync(Upload(file)));

        Assert.Equal(ErrorIds.FileUnavailable, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(
            ErrorIds.FileNotFound,
            Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk(path)).ErrorId
        );
    }

    private static ApiRequest Upload(FileSource file, Action<long>? progress = null) =>
        new(HttpMethod.Post, "/upload") { Upload = UploadBody.Raw(file, progress) };

    // The clock is moved until the limit ends the transfer: nothing else shows when it has stopped.
    private async Task<ApiException> EndAsync(Task sending)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        await _time.AdvanceUntilAsync(sending, TimeSpan.FromSeconds(101), deadline.Token);
        return await Assert.ThrowsAsync<ApiException>(() => sending.WaitAsync(Deadline, Token));
    }

    private sealed class OpenTransport : IDisposable
    {
        private readonly HttpConnection _connection;
        private readonly ApiTransport _transport;

        public OpenTransport(Uri uri, TimeProvider time)
        {
            var environment = TestClients.Environment(time);
            _connection = new HttpConnection(uri, new TransportOptions(), environment);
            _transport = new ApiTransport(
                _connection,
                ApiCredentials.Bearer(new AccessToken(TestClients.Token, environment.Redactor)),
                new MattermostErrorMapper(TokenRole.Bot)
            );
        }

        public Task<StatusResponse> SendAsync(ApiRequest request, CancellationToken? cancellationToken = null) =>
            _transport.SendAsync(request, MattermostJson.Default.StatusResponse, cancellationToken ?? Token);

        public void Dispose() => _connection.Release();
    }
}
