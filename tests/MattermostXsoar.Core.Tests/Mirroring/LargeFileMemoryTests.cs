using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What a file of 100 MB takes of memory on its way through the mirror. Alone: what other tests hold is not
/// counted.</summary>
[CollectionDefinition(nameof(LargeFileMemoryTests), DisableParallelization = true)]
[Collection(nameof(LargeFileMemoryTests))]
public sealed class LargeFileMemoryTests(ITestOutputHelper output)
{
    private const int Size = 100 * 1024 * 1024;
    private const double MostMegabytes = 32;

    [Fact]
    public async Task From_the_chat_into_the_War_Room()
    {
        await using var harness = await StartAsync();
        using var bot = MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new AccessToken(harness.Sandbox.PersonalToken, new SecretRedactor()),
            TokenRole.Personal,
            new TransportOptions { Timeout = MirrorHarness.Deadline },
            new ClientEnvironment()
        );
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var file = await bot.Files.UploadAsync(
            channel,
            TestFiles.From(new CountingStream(Size), Size, "capture.bin"),
            null,
            harness.Token
        );
        await MeasureAsync(
            "chat to War Room",
            async () =>
            {
                await bot.Posts.CreateAsync(
                    new NewPost
                    {
                        ChannelId = channel,
                        Message = "large",
                        FileIds = [file.Id],
                    },
                    harness.Token
                );
                await harness.Sandbox.Xsoar.WhenAsync(
                    _ => harness.Sandbox.Xsoar.Entries("1").Any(entry => entry.File == "capture.bin"),
                    harness.Token
                );
            }
        );
        Assert.Equal(
            Size,
            harness.Sandbox.Xsoar.Entries("1").Single(entry => entry.File == "capture.bin").FileContent.Length
        );
    }

    [Fact]
    public async Task From_the_War_Room_into_the_chat()
    {
        await using var harness = await StartAsync();
        var environment = new ClientEnvironment();
        using var xsoar = XsoarClient.Create(
            harness.Sandbox.XsoarUri,
            new AccessToken(harness.Sandbox.XsoarApiKey, environment.Redactor),
            null,
            new TransportOptions { Timeout = MirrorHarness.Deadline },
            environment
        );
        await MeasureAsync(
            "War Room to chat",
            async () =>
            {
                await xsoar.Files.UploadAsync(
                    "1",
                    TestFiles.From(new CountingStream(Size), Size, "dump.bin"),
                    "the dump",
                    null,
                    harness.Token
                );
                await harness.ChatAsync("incident-1", lines => lines.Count == 1);
            }
        );
        Assert.Single(harness.Sandbox.Mattermost.Messages("incident-1"), post => post.FileIds.Count == 1);
    }

    private static async Task<MirrorHarness> StartAsync()
    {
        var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { MaxFileSize = 2L * Size },
            timeout: MirrorHarness.Deadline
        );
        await harness.MirrorConnectedAsync();
        return harness;
    }

    // What is alive after a full collection, again and again while the file is on its way.
    private async Task MeasureAsync(string way, Func<Task> carry)
    {
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var peak = start;
        var samples = 0;
        var carrying = carry();
        while (!carrying.IsCompleted)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            samples++;
        }

        await carrying;
        var more = (peak - start) / 1024.0 / 1024.0;
        output.WriteLine(
            FormattableString.Invariant(
                $"{way}: {Size / 1024 / 1024} MB, at most {more:0.0} MB more than before ({samples} samples)"
            )
        );
        Assert.InRange(samples, 3, int.MaxValue);
        Assert.InRange(more, 0, MostMegabytes);
    }
}
