using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

/// <summary>What is written after the server's clock was set back lies behind the anchor, where nothing else looks for
/// it.</summary>
public sealed class MissedPostsTests : IAsyncDisposable
{
    // Seconds: the anchor, and the oldest post that the store knows.
    private const int Anchor = 10_000;
    private const int Begin = 5_000;

    private readonly TestMirror _mirror = new(
        new FakeTimeProvider(TestMirror.Start.AddDays(1)),
        seen: [ChatScene.Seen("first", Begin), ChatScene.Seen("anchor", Anchor)]
    );
    private readonly ScriptedChannel _channel;
    private readonly MissedPosts _missed;

    public MissedPostsTests()
    {
        _channel = new ScriptedChannel(_mirror.Record);
        _missed = new MissedPosts(_channel.Access, _mirror.Store, _mirror.Runtime, _mirror.Record);
        _channel.Add("first", Begin);
        _channel.Add("anchor", Anchor);
    }

    public async ValueTask DisposeAsync()
    {
        _mirror.Dispose();
        await _channel.DisposeAsync();
    }

    [Fact]
    public async Task Without_an_anchor_nothing_lies_behind_it()
    {
        _channel.Add("post", Anchor - 10);
        Assert.Empty(await _missed.FindAsync(null, 0, null, CancellationToken.None));
        Assert.Empty(_channel.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Posts_of_people_that_the_store_does_not_know_are_missed_oldest_first(bool isListed)
    {
        _channel.Add("later", Anchor - 10);
        _channel.Add("earlier", Anchor - 20);
        _channel.Add("at the anchors time", Anchor);
        _channel.Add("after the anchor", Anchor + 1);
        _channel.Add("by the bot", Anchor - 5, user: "bot");
        _channel.Add("deleted", Anchor - 5);
        _channel.Delete("deleted", Anchor - 4);
        var changed = isListed
            ? await _channel.Access.Bot.Posts.ListSinceAsync(
                _mirror.Record.ChannelId,
                TestMirror.Start,
                CancellationToken.None
            )
            : null;
        string[] expected = isListed ? ["earlier", "later", "at the anchors time"] : ["earlier", "later"];
        Assert.Equal(expected, await FindAsync(changed));
        // Without the list the posts before the anchor are read, which by time are those of an earlier millisecond.
        Assert.Equal(
            isListed ? 0 : 1,
            _channel.Requests.Count(request => request.Contains("before=anchor", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task What_is_known_is_not_missed()
    {
        _channel.Add("mirrored", Anchor - 10);
        await _mirror.Store.RecordAsync(
            _mirror.Record.Id,
            [ChatScene.Seen("mirrored", Anchor - 10) with { MirrorId = _mirror.Record.Id, Payload = "{}" }],
            default
        );
        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task It_is_looked_for_as_far_back_as_the_look_back()
    {
        var lookBack = (int)TestMirror.Options.ChatLookBack.TotalSeconds;
        _channel.CreatedAt = ScriptedChannel.At(Anchor);
        _channel.Add("too old", Anchor - lookBack - 1);
        _channel.Add("old enough", Anchor - lookBack);
        Assert.Equal(["old enough"], await FindAsync());
    }

    [Fact]
    public async Task What_is_older_than_everything_that_is_known_was_written_before_the_mirror_began()
    {
        _channel.CreatedAt = ScriptedChannel.At(0);
        _channel.Add("before the mirror", Begin - 1);
        _channel.Add("since then", Begin);
        Assert.Equal(["since then"], await FindAsync());
    }

    [Fact]
    public async Task What_is_older_than_the_channel_itself_was_written_after_the_clock_was_set_back()
    {
        _channel.CreatedAt = ScriptedChannel.At(Begin - 100);
        _channel.Add("before the mirror", Begin - 100);
        _channel.Add("before the channel", Begin - 101);
        Assert.Equal(["before the channel"], await FindAsync());
    }

    private async Task<IEnumerable<string>> FindAsync(PostList? changed = null)
    {
        var missed = await _missed.FindAsync("anchor", ScriptedChannel.At(Anchor), changed, CancellationToken.None);
        Assert.All(missed, post => Assert.Equal(PostEventKind.Created, post.Kind));
        return missed.Select(post => post.Post.Id);
    }
}
