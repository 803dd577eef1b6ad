using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Reading;

/// <summary>A channel of which the server hides the oldest messages, read forwards and backwards, while nobody writes and
/// while somebody does.</summary>
public sealed class ChannelReaderHistoryTests
{
    public static MatrixTheoryData<int, int, bool> Hidden { get; } =
        new([450, 900], [0, 1, 199, 200, 201, 450], [false, true]);

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task Every_visible_message_is_read_once_and_in_order_in_each_direction(
        int posted,
        int hidden,
        bool somebodyWrites
    )
    {
        var token = TestContext.Current.CancellationToken;
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                // Each message has a millisecond of its own, so that any number of them can be hidden.
                TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 14, 43, 0, TimeSpan.Zero))
                {
                    AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
                },
            }
        );
        var anchor = Write(sandbox, "read before");
        var posts = Enumerable.Range(0, posted).Select(i => Write(sandbox, $"message {i}")).ToList();
        var hiddenBefore = hidden < posted ? posts[hidden].CreateAt : posts[^1].CreateAt + 1;
        sandbox.Mattermost.HideBefore(hiddenBefore);
        var visible = posts.Skip(hidden).Select(post => post.Id).ToList();
        var environment = new ClientEnvironment();
        using var bot = MattermostClient.Create(
            sandbox.MattermostUri,
            new AccessToken(sandbox.BotToken, environment.Redactor),
            TokenRole.Bot,
            new TransportOptions(),
            environment
        );
        var reader = new ChannelReader(bot);
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(
            () =>
            {
                while (somebodyWrites && !stop.IsCancellationRequested && written < 300)
                    Write(sandbox, $"meanwhile {written++}");
            },
            token
        );

        var forwards = new List<string>();
        await foreach (var page in reader.ReadAsync(anchor.ChannelId, anchor.Id, anchor.CreateAt, token))
            forwards.AddRange(page.Select(post => post.Id));
        var (since, hiddenUpTo) = await reader.ReadSinceAsync(anchor.ChannelId, anchor.CreateAt + 1, token);
        await stop.CancelAsync();
        await writing;
        var end = Write(sandbox, "the end");
        var before = await reader.ReadBeforeAsync(anchor.ChannelId, end.Id, anchor.CreateAt + 1, token);

        var all = sandbox
            .Mattermost.Messages("test")
            .Where(post => post.CreateAt >= hiddenBefore && post.Id != end.Id)
            .Select(post => post.Id)
            .ToList();
        Assert.Equal(all, before.Select(post => post.Id));
        foreach (var read in new[] { forwards, since.Select(post => post.Id).ToList() })
        {
            Assert.Equal(all.Take(read.Count), read);
            Assert.Equal(visible, read.Take(visible.Count));
        }
        Assert.Equal(hidden > 0, hiddenUpTo > 0);
    }

    private static SandboxPost Write(SandboxServer sandbox, string text) =>
        sandbox.Mattermost.Post("user1", "test", text);
}
