using System.Net.Http.Headers;
using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class FileTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private HttpClient _http = null!;

    private string Channel => _sandbox.Mattermost.Channel("test").Id;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(OlderServer.Options with { MaxFileSize = 1000 });
        _http = new HttpClient { BaseAddress = _sandbox.MattermostUri };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _sandbox.BotToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_form_is_uploaded_read_and_attached()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Channel), "channel_id" },
            { new StringContent("cid1"), "client_ids" },
        };
        form.Add(new ByteArrayContent("hello file\n"u8.ToArray()), "files", "report.txt");
        var (status, uploaded) = await SendAsync("api/v4/files", form);
        Assert.Equal(201, status);
        Shape.AssertSame(Recorded.Load("rest-files-upload-multipart").GetProperty("body"), uploaded);
        var id = uploaded.GetProperty("file_infos")[0].GetProperty("id").GetString()!;

        using var client = new SandboxClient(_sandbox);
        var post = await client.PostAsync(
            "/api/v4/posts",
            new
            {
                channel_id = Channel,
                message = "with files",
                file_ids = new[] { id },
            },
            _sandbox.BotToken
        );
        Assert.Equal(id, post.Json.GetProperty("metadata").GetProperty("files")[0].GetProperty("id").GetString());
        Shape.AssertSame(
            Recorded.Load("rest-files-info").GetProperty("body"),
            (await client.GetAsync($"/api/v4/files/{id}/info")).Json
        );
        Assert.Equal("hello file\n", (await client.GetAsync($"/api/v4/files/{id}")).Text);
    }

    [Fact]
    public async Task A_raw_body_is_uploaded()
    {
        using var raw = new ByteArrayContent([1, 2, 3]);
        var (status, uploaded) = await SendAsync($"api/v4/files?channel_id={Channel}&filename=raw.bin", raw);
        Assert.Equal(201, status);
        Shape.AssertSame(Recorded.Load("rest-files-upload-raw-body").GetProperty("body"), uploaded);
    }

    [Fact]
    public async Task Too_large_a_file_is_refused_as_recorded()
    {
        using var raw = new ByteArrayContent(new byte[1001]);
        var (status, refused) = await SendAsync($"api/v4/files?channel_id={Channel}&filename=big.bin", raw);
        Assert.Equal(413, status);
        Assert.Equal(
            Recorded
                .Load("rest-error-413-files-upload-too-large-raw")
                .GetProperty("body")
                .GetProperty("id")
                .GetString(),
            refused.GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task A_reaction_and_a_pin_change_a_post_without_editing_it()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.BotToken);
        var post = _sandbox.Mattermost.Post("user1", "test", "look");
        _sandbox.Mattermost.React("user2", post.Id, "thumbsup");
        _sandbox.Mattermost.Pin(post.Id);
        Shape.AssertSame(Recorded.Load("ws-reaction_added"), await socket.NextAsync("reaction_added"));
        var edited = JsonDocument
            .Parse((await socket.NextAsync("post_edited")).GetProperty("data").GetProperty("post").GetString()!)
            .RootElement;
        Assert.Equal(0, edited.GetProperty("edit_at").GetInt64());
        Assert.True(edited.GetProperty("is_pinned").GetBoolean());
        Assert.True(edited.GetProperty("has_reactions").GetBoolean());
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string path, HttpContent content)
    {
        using var response = await _http.PostAsync(
            new Uri(path, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        return (
            (int)response.StatusCode,
            JsonDocument
                .Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .RootElement
        );
    }
}
