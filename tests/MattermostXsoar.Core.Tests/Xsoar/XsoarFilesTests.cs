using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>Files from and to War Rooms, on 6.x and 8.x.</summary>
public sealed class XsoarFilesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "/entry/download/97@1234")]
    [InlineData("17", "/xsoar/entry/download/97@1234")]
    public async Task An_entry_s_file_is_fetched(string? keyId, string target)
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer
                .Text("bytes", "application/octet-stream")
                .With("Content-Disposition", "attachment; filename=a.eml")
        );
        using var client = TestClients.Xsoar(server.Uri, keyId);

        using var download = await client.Files.OpenAsync("97@1234", Token);

        Assert.Equal((5L, "a.eml"), (download.Length, download.FileName));
        using var reader = new StreamReader(download.Stream, Encoding.UTF8);
        Assert.Equal("bytes", await reader.ReadToEndAsync(Token));
        Assert.Equal(target, Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task An_entry_without_a_file_is_not_found()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"id":"bad_request","status":400,"title":"Bad request","detail":"Could not find file"}""",
                400
            )
        );
        using var client = TestClients.Xsoar(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Files.OpenAsync("97@1234", Token));

        Assert.Equal((ErrorIds.FileNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("no file of the entry '97@1234'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"98@1234","file":"a.txt"}""", "98@1234")]
    [InlineData("""[{"id":"98@1234"}]""", "98@1234")]
    [InlineData("""{"entries":[{"id":"98@1234"}]}""", "98@1234")]
    [InlineData("""{"status":"ok"}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("File uploaded", null)]
    public async Task A_file_is_added_whatever_the_answer_looks_like(string answer, string? entryId)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(answer));
        using var client = TestClients.Xsoar(server.Uri);

        var entry = await client.Files.UploadAsync(
            "1234",
            TestFiles.Text("a.txt", "bytes"),
            "!Print value=x",
            null,
            Token
        );

        Assert.Equal(entryId, entry?.Id);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/entry/upload/1234"), (request.Method, request.Target));
        Assert.StartsWith("multipart/form-data; boundary=", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("name=\"fileComment\"\r\n\r\n!Print value=x\r\n", request.Body, StringComparison.Ordinal);
        Assert.Contains(
            "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nbytes\r\n",
            request.Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_prefix_below_which_uploads_are_taken_is_found_and_the_file_read_again()
    {
        await using var server = new LoopbackServer(request =>
            request.Target.StartsWith("/xsoar/public/v1/", StringComparison.Ordinal)
                ? LoopbackAnswer.Json("""{"id":"98@1234"}""")
                : new LoopbackAnswer { Status = 303 }.With("Location", "/login")
        );
        using var client = TestClients.Xsoar(server.Uri, "17");

        await client.Files.UploadAsync("1234", TestFiles.Text("a.txt", "bytes"), "", null, Token);

        Assert.Equal(
            ["/xsoar/entry/upload/1234", "/xsoar/public/v1/entry/upload/1234"],
            server.Requests.Select(request => request.Target)
        );
        Assert.Contains("bytes", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(412, ErrorIds.InvestigationClosed)]
    [InlineData(413, ErrorIds.FileTooLarge)]
    public async Task A_refused_upload_is_reported(int status, string errorId)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Text("", "text/plain", status));
        using var client = TestClients.Xsoar(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Files.UploadAsync("1234", TestFiles.Text("a.txt", "bytes"), "", null, Token)
        );

        Assert.Equal(errorId, error.ErrorId);
    }
}
