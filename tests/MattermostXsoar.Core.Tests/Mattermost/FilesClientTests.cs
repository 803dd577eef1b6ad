using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>Uploads and downloads as recorded from a real server.</summary>
public sealed class FilesClientTests
{
    private const string Channel = "jf1qanp4b3g8mq688xat6fzguw";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_alone_in_the_body_with_its_name_in_the_query()
    {
        await using var server = Server("""{"MaxFileSize":"1048576"}""", "rest-files-upload-raw-body");
        using var client = TestClients.Mattermost(server.Uri);

        var file = await client.Files.UploadAsync(Channel, TestFiles.Text("отчёт ü+.txt", "123456789"), null, Token);

        Assert.Equal(("q5phc6rzxj8t9kmgng999gd19h", "raw.bin", 9L), (file.Id, file.Name, file.Size));
        var request = server.Requests[1];
        Assert.Equal(("POST", "123456789"), (request.Method, request.Body));
        Assert.Equal(
            $"/api/v4/files?channel_id={Channel}&filename=отчёт ü+.txt",
            Uri.UnescapeDataString(request.Target)
        );
        Assert.Equal("application/octet-stream", request.Headers["Content-Type"]);
        Assert.Equal("Bearer " + TestClients.Token, request.Headers["Authorization"]);
    }

    [Fact]
    public async Task An_empty_file_goes_in_a_form_since_the_server_takes_no_empty_body()
    {
        await using var server = Server("{}", "rest-files-upload-empty-file");
        using var client = TestClients.Mattermost(server.Uri);

        var file = await client.Files.UploadAsync(Channel, TestFiles.Text("empty.txt", ""), null, Token);

        Assert.Equal(("empty.txt", 0L), (file.Name, file.Size));
        var request = server.Requests[1];
        Assert.Equal("/api/v4/files", request.Target);
        Assert.Contains($"name=\"channel_id\"\r\n\r\n{Channel}\r\n", request.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"files\"; filename=\"empty.txt\"", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_large_a_file_is_refused_before_it_is_sent_where_the_limit_is_known()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"MaxFileSize":"1048576"}"""));
        using var client = TestClients.Mattermost(server.Uri);
        using var file = new CountingStream(1048577);

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            client.Files.UploadAsync(Channel, TestFiles.From(file, 1048577), null, Token)
        );

        Assert.Equal((ErrorIds.FileTooLarge, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Equal(
            "The file 'big.bin' of 1,048,577 bytes is too large for Mattermost: it accepts files of at most 1,048,576 bytes.",
            error.Message
        );
        Assert.Equal("/api/v4/config/client?format=old", Assert.Single(server.Requests).Target);
    }

    [Theory]
    [InlineData("rest-error-413-files-upload-too-large-raw")]
    [InlineData("rest-error-413-files-upload-too-large-multipart")]
    public async Task Otherwise_the_server_s_refusal_is_reported_with_the_sizes(string recorded)
    {
        await using var server = Server("{}", recorded);
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Files.UploadAsync(Channel, TestFiles.Text("big.bin", "123"), null, Token)
        );

        Assert.Equal((ErrorIds.FileTooLarge, 413), (error.ErrorId, error.StatusCode));
        Assert.Contains("'big.bin' of 3 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("exceeds the maximum allowed 1048576 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rest-error-403-files-upload-unknown-channel", ErrorIds.PermissionDenied)]
    [InlineData("rest-error-403-files-upload-private-not-a-member", ErrorIds.PermissionDenied)]
    [InlineData("rest-error-400-files-upload-no-channel", ErrorIds.ChannelNotFound)]
    public async Task A_refusal_is_reported(string recorded, string errorId)
    {
        await using var server = Server("{}", recorded);
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Files.UploadAsync(Channel, TestFiles.Text("a.txt", "123"), null, Token)
        );

        Assert.Equal(errorId, error.ErrorId);
        if (errorId == ErrorIds.PermissionDenied)
            Assert.Contains("upload_file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limits_are_asked_for_once_in_a_while()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"MaxFileSize":"1048576","Version":"9.11.0"}""")
        );
        var time = new FakeTimeProvider();
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(time));

        Assert.Equal((1048576L, 10), Parts(await client.Files.GetLimitsAsync(Token)));
        await client.Files.GetLimitsAsync(Token);
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromMinutes(11));
        await client.Files.GetLimitsAsync(Token);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("rest-config-client-old")]
    [InlineData("rest-error-403-config-get-as-user1")]
    public async Task Limits_that_a_server_does_not_report_are_unknown(string recorded)
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load(recorded).Replay());
        using var client = TestClients.Mattermost(server.Uri);
        Assert.Equal((null, 5), Parts(await client.Files.GetLimitsAsync(Token)));
    }

    [Fact]
    public async Task A_file_is_fetched_with_its_name_and_size()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-files-get").Replay());
        using var client = TestClients.Mattermost(server.Uri);

        using var download = await client.Files.OpenAsync("91p7f1bwibrbtrc7dhn318pp6h", Token);

        Assert.Equal(("report.txt", 11L, "text/plain"), (download.FileName, download.Length, download.MediaType));
        using var reader = new StreamReader(download.Stream, Encoding.UTF8);
        Assert.Equal("hello file\n", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-error-404-file").Replay());
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Files.OpenAsync("zzzzzzzzzzzzzzzzzzzzzzzzzz", Token)
        );

        Assert.Equal((ErrorIds.FileNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("the file 'zzzzzzzzzzzzzzzzzzzzzzzzzz'", error.Message, StringComparison.Ordinal);
    }

    private static (long?, int) Parts(Core.Mattermost.FileLimits limits) => (limits.MaxFileSize, limits.FilesPerPost);

    private static LoopbackServer Server(string config, string upload) =>
        new(LoopbackAnswer.Json(config), RecordedAnswer.Load(upload).Replay());
}
