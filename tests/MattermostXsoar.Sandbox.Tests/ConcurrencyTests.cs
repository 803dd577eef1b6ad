using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Posts_of_one_author_stay_in_order_and_every_post_gives_one_frame(bool shuffle)
    {
        const int Authors = 6,
            Lines = 40;
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { ShufflePublishing = shuffle, ShuffleSeed = TestSeed.Take() }
        );
        using var client = new SandboxClient(sandbox);
        using var socket = await TestSocket.OpenAsync(sandbox, sandbox.BotToken);
        var channel = sandbox.Mattermost.Channel("test").Id;
        var tokens = new List<string>();
        for (var i = 0; i < Authors; i++)
        {
            sandbox.Mattermost.CreateUser($"writer{i}");
            sandbox.Mattermost.AddToTeam("panw", $"writer{i}");
            sandbox.Mattermost.AddMember("test", $"writer{i}");
            tokens.Add(sandbox.Mattermost.CreateToken($"writer{i}"));
        }

        var writing = tokens
            .Select(
                async (token, author) =>
                {
                    for (var line = 0; line < Lines; line++)
                        Assert.Equal(
                            201,
                            (
                                await client.PostAsync(
                                    "/api/v4/posts",
                                    new { channel_id = channel, message = $"{author}:{line}" },
                                    token
                                )
                            ).Status
                        );
                }
            )
            .ToArray();
        var frames = new List<string>();
        while (frames.Count < Authors * Lines)
        {
            var message = TestSocket.Message(await socket.NextAsync("posted"));
            if (message.Contains(':'))
                frames.Add(message);
        }
        await Task.WhenAll(writing);

        Assert.Equal(Authors * Lines, frames.Distinct().Count());
        for (var author = 0; author < Authors; author++)
            Assert.Equal(
                Enumerable.Range(0, Lines).Select(line => $"{author}:{line}"),
                frames.Where(it => it.StartsWith($"{author}:", StringComparison.Ordinal))
            );
        var stored = sandbox.Mattermost.Messages("test").Select(it => it.Message).ToList();
        Assert.Equal(shuffle, !stored.SequenceEqual(frames));
    }

    [Fact]
    public async Task Disposing_twice_is_harmless()
    {
        var sandbox = await SandboxServer.StartAsync();
        await sandbox.DisposeAsync();
        await sandbox.DisposeAsync();
    }
}
