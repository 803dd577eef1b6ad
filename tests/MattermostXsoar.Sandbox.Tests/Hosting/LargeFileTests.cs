using System.Net.Http.Headers;
using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Hosting;

/// <summary>100 MB are uploaded and downloaded without being in memory. Runs alone, because it counts what the process
/// allocates.</summary>
[Collection(nameof(LargeFileTests))]
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
public sealed class LargeFileTests
{
    private const long Size = 100L * 1024 * 1024;
    private const long Room = 24L * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mattermost_receives_and_returns_a_large_file_in_constant_memory(bool asForm)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MaxFileSize = Size });
        using var http = new HttpClient { BaseAddress = sandbox.MattermostUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.BotToken);
        var channel = sandbox.Mattermost.Channel("test").Id;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var content = new StreamContent(new Pattern(Size));
        using var form = asForm
            ? new MultipartFormDataContent
            {
                { new StringContent(channel), "channel_id" },
                { content, "files", "big.bin" },
            }
            : null;
        using var uploaded = await http.PostAsync(
            asForm ? "api/v4/files" : $"api/v4/files?channel_id={channel}&filename=big.bin",
            (HttpContent?)form ?? content,
            Token
        );
        var info = JsonDocument
            .Parse(await uploaded.Content.ReadAsStringAsync(Token))
            .RootElement.GetProperty("file_infos")[0];
        Assert.Equal(Size, info.GetProperty("size").GetInt64());
        using var got = await http.GetAsync(
            "api/v4/files/" + info.GetProperty("id").GetString(),
            HttpCompletionOption.ResponseHeadersRead,
            Token
        );
        Assert.Equal(Size, await Pattern.VerifyAsync(await got.Content.ReadAsStreamAsync(Token), Token));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Room);
    }

    [Fact]
    public async Task XSOAR_receives_and_returns_a_large_file_in_constant_memory()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = sandbox.XsoarUri };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", sandbox.XsoarApiKey);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var form = new MultipartFormDataContent
        {
            { new StreamContent(new Pattern(Size)), "file", "big.bin" },
            { new StringContent("large"), "fileComment" },
        };
        using var uploaded = await http.PostAsync("entry/upload/1", form, Token);
        var entry = JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(Size, entry.GetProperty("fileMetadata").GetProperty("size").GetInt64());
        using var got = await http.GetAsync(
            "entry/download/" + entry.GetProperty("id").GetString(),
            HttpCompletionOption.ResponseHeadersRead,
            Token
        );
        Assert.Equal(Size, await Pattern.VerifyAsync(await got.Content.ReadAsStreamAsync(Token), Token));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Room);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_counted_but_not_kept()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MaxFileSize = 1000 });
        using var http = new HttpClient { BaseAddress = sandbox.MattermostUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.BotToken);
        using var content = new StreamContent(new Pattern(Size));
        using var refused = await http.PostAsync(
            $"api/v4/files?channel_id={sandbox.Mattermost.Channel("test").Id}&filename=big.bin",
            content,
            Token
        );
        Assert.Equal(413, (int)refused.StatusCode);
        Assert.Contains(
            $"{Size} bytes exceeds",
            await refused.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal
        );
    }
}
