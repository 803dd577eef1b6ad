using System.Collections.Concurrent;
using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Files on their way from a server: streamed, limited in their silences only, and known to be
/// whole.</summary>
public sealed class DownloadTests
{
    private const string FileId = "91p7f1bwibrbtrc7dhn318pp6h";

    private const int Megabyte = 1024 * 1024;

    // The system's own, which grow with the speed: up to 32 MB for a receiver alone.
    private const long Buffers = 48L * Megabyte;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_file_is_fetched_only_as_fast_as_it_is_read()
    {
        using var server = new TransferServer();
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        var opening = client.Files.OpenAsync(FileId, Token);
        await server.HeadAsync(Token);
        var given = 0L;
        var giving = GiveAsync();
        using var download = await opening.WaitAsync(Deadline, Token);
        var buffer = new byte[Megabyte];
        for (var read = 0L; read < 100L * Megabyte; )
        {
            Assert.InRange(Interlocked.Read(ref given), 0, read + Buffers);
            _time.Advance(TimeSpan.FromSeconds(60));
            read += await download.Stream.ReadAsync(buffer, Token);
        }

        Assert.Equal(0, await download.Stream.ReadAsync(buffer, Token));
        Assert.Equal(100L * Megabyte, download.Length);
        await giving;

        async Task GiveAsync()
        {
            await server.GiveAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: {100L * Megabyte}\r\n\r\n",
                Token
            );
            var chunk = new byte[Megabyte];
            for (var i = 0; i < 100; i++)
            {
                await server.GiveAsync(chunk, Token);
                Interlocked.Add(ref given, Megabyte);
            }
        }
    }

    [Fact]
    public async Task Silence_ends_it_and_what_the_reader_takes_its_time_for_does_not()
    {
        var call = new ConcurrentQueue<HttpCallRecord>();
        var environment = TestClients.Environment(_time);
        environment.Observer = call.Enqueue;
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text("hello file\n", "text/plain") with
            {
                StallAfter = 5,
            }
        );
        using var client = TestClients.Mattermost(server.Uri, environment);
        using var download = await client.Files.OpenAsync(FileId, Token);
        _time.Advance(TimeSpan.FromHours(1));
        var buffer = new byte[64];
        Assert.Equal(5, await download.Stream.ReadAtLeastAsync(buffer, 5, cancellationToken: Token));
        _time.Advance(TimeSpan.FromHours(1));

        var reading = download.Stream.ReadAsync(buffer, Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(100));
        var error = await Assert.ThrowsAsync<ApiException>(() => reading.WaitAsync(Deadline, Token));

        Assert.Equal((ErrorIds.RequestTimeout, false), (error.ErrorId, error.OutcomeUnknown));
        Assert.Empty(call);
        download.Dispose();
        var record = Assert.Single(call);
        Assert.Equal((200, error.Message), (record.Status, record.Error));
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_an_error()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text("hello file\n", "text/plain") with
            {
                CutAfter = 5,
            }
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        using var download = await client.Files.OpenAsync(FileId, Token);

        var error = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(download));

        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
        Assert.Contains("was cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_cancellations_end_a_read()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Text("hello file\n", "text/plain") with
            {
                StallAfter = 5,
            }
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));
        using var whole = new CancellationTokenSource();
        using var one = new CancellationTokenSource();
        using var download = await client.Files.OpenAsync(FileId, whole.Token);
        var buffer = new byte[64];
        await download.Stream.ReadExactlyAsync(buffer.AsMemory(0, 5), Token);

        var first = download.Stream.ReadAsync(buffer, one.Token).AsTask();
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Deadline, Token));

        using var again = await client.Files.OpenAsync(FileId, whole.Token);
        await again.Stream.ReadExactlyAsync(buffer.AsMemory(0, 5), Token);
        var second = again.Stream.ReadAsync(buffer, Token).AsTask();
        await whole.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Deadline, Token));
    }

    [Fact]
    public async Task A_page_in_place_of_the_file_is_the_wrong_host_and_a_file_that_is_a_page_is_not()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Html(),
            LoopbackAnswer
                .Html()
                .With("Content-Disposition", "attachment;filename=\"page.html\"; filename*=UTF-8''p%C3%A4ge.html")
        );
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(_time));

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Files.OpenAsync(FileId, Token));
        using var page = await client.Files.OpenAsync(FileId, Token);

        Assert.Equal(ErrorIds.WrongHost, error.ErrorId);
        Assert.Equal(("päge.html", "text/html"), (page.FileName, page.MediaType));
        Assert.StartsWith("<!DOCTYPE", await ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_before_the_first_byte()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Html(502),
            LoopbackAnswer.Text("hello", "text/plain")
        );
        using var client = TestClients.Mattermost(server.Uri);

        using var download = await client.Files.OpenAsync(FileId, Token);

        Assert.Equal("hello", await ReadAsync(download));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_goes_from_one_server_to_the_other_and_is_fetched_again_for_a_second_try()
    {
        await using var from = new LoopbackServer(LoopbackAnswer.Text("hello file\n", "text/plain"));
        await using var to = new LoopbackServer(
            LoopbackAnswer.Text("limit exceeded", "text/plain", 429).With("Retry-After", "1"),
            LoopbackAnswer.Json("""[{"id":"7@1"}]""")
        );
        using var mattermost = TestClients.Mattermost(from.Uri);
        using var xsoar = TestClients.Xsoar(to.Uri);
        var file = FileSource.Of(
            "a.txt",
            await mattermost.Files.OpenAsync(FileId, Token),
            again => mattermost.Files.OpenAsync(FileId, again)
        );

        var entry = await xsoar.Files.UploadAsync("1", file, "", null, Token);

        Assert.Equal("7@1", entry!.Id);
        Assert.Equal(2, from.Requests.Count);
        Assert.All(
            to.Requests,
            request => Assert.Contains("\r\n\r\nhello file\n\r\n--", request.Body, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_source_that_breaks_off_is_blamed_in_place_of_the_target()
    {
        await using var from = new LoopbackServer(
            LoopbackAnswer.Text("hello file\n", "text/plain") with
            {
                CutAfter = 5,
            }
        );
        await using var to = new LoopbackServer(LoopbackAnswer.Json("""{"id":"7@1"}"""));
        using var mattermost = TestClients.Mattermost(from.Uri);
        using var xsoar = TestClients.Xsoar(to.Uri);
        var file = FileSource.Of(
            "a.txt",
            await mattermost.Files.OpenAsync(FileId, Token),
            again => mattermost.Files.OpenAsync(FileId, again)
        );

        var error = await Assert.ThrowsAsync<ApiException>(() => xsoar.Files.UploadAsync("1", file, "", null, Token));

        Assert.Contains(
            $"The answer of Mattermost at {from.Uri.ToString().TrimEnd('/')}",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(to.Requests);
    }

    private static async Task<string> ReadAsync(FileDownload download)
    {
        using var reader = new StreamReader(download.Stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Token);
    }
}
