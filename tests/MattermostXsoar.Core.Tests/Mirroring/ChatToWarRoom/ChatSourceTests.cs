using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

/// <summary>In which order live posts and what a reading finds are recorded, and when the channel is read.</summary>
public sealed class ChatSourceTests : IAsyncDisposable
{
    private readonly ChatScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChatSource Source => _scene.Source;

    private ScriptedChannel Channel => _scene.Channel;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task At_the_start_the_channel_is_read_and_then_live_posts_are_recorded_as_they_come()
    {
        Channel.Add("p1", 1);
        // What comes before the first reading is part of it, or is none of the channel's.
        _scene.Offer(Channel.NewPost("too early", 2));
        _scene.Start();
        await _scene.CatchUpAsync();
        // As published: a busy server publishes posts out of their order by time.
        _scene.Offer(Channel.Add("p3", 4));
        _scene.Offer(Channel.Add("p2", 3));
        await _scene.CatchUpAsync();
        Assert.Equal(["p1", "p3", "p2"], _scene.Recorded);
    }

    [Theory]
    [InlineData("posts?since=")]
    [InlineData("posts?after=")]
    public async Task What_was_missed_is_recorded_before_live_posts_that_wait_while_a_reading_fails_once(string part)
    {
        _scene.Start();
        await _scene.CatchUpAsync();
        Channel.Add("missed", 10);
        Channel.Next(
            part,
            () =>
            {
                _scene.Offer(Channel.Add("live", 20));
                return LoopbackAnswer.Html();
            }
        );
        await _scene.CatchUpAsync();
        await _scene.CatchUpAsync();
        Assert.Equal(["missed", "live"], _scene.Recorded);
    }

    [Fact]
    public async Task What_was_missed_is_recorded_before_live_posts_however_often_the_reading_fails()
    {
        _scene.Start();
        await _scene.CatchUpAsync();
        Channel.Add("missed", 10);
        for (var i = 0; i < 3; i++)
        {
            var post = Channel.NewPost($"live {i}", 20 + i);
            Channel.Next(
                "posts?since=",
                () =>
                {
                    _scene.Offer(Channel.Add(post));
                    return LoopbackAnswer.Html();
                }
            );
        }

        await _scene.CatchUpAsync();
        Assert.Equal(["missed", "live 0", "live 1", "live 2"], _scene.Recorded);
    }

    [Fact]
    public async Task What_comes_while_the_channel_is_read_is_recorded_behind_what_the_reading_finds()
    {
        _scene.Start();
        await _scene.CatchUpAsync();
        Channel.Add("missed", 10);
        var live = Channel.NewPost("live", 5);
        Channel.Next(
            "posts?after=",
            () =>
            {
                // Published, but not in the page that is on its way.
                _scene.Offer(live);
                return null;
            }
        );
        await _scene.CatchUpAsync();
        Channel.Add(live);
        await _scene.CatchUpAsync();
        Assert.Equal(["missed", "live"], _scene.Recorded);
    }

    [Fact]
    public async Task Posts_at_hand_that_cannot_be_recorded_are_read_from_the_channel_before_newer_ones()
    {
        _scene.Start();
        await _scene.CatchUpAsync();
        var failures = 1;
        _scene.LookupStart = () =>
        {
            if (Interlocked.Decrement(ref failures) < 0)
                return LookupStart.Beginning;
            _scene.Offer(Channel.Add("newer", 20));
            throw new InvalidOperationException("Nobody foresaw this.");
        };
        // Nobody else asks for the reading.
        var read = new TaskCompletionSource();
        Source.CaughtUp += () =>
        {
            if (_scene.Recorded.Contains("at hand"))
                read.TrySetResult();
        };
        _scene.Offer(Channel.Add("at hand", 10));
        await read.Task.InTime();
        Assert.Contains(_scene.Mirror.Log.Records, record => record.Event == ListenerLogEvents.UnexpectedError);
        Assert.Equal(["at hand", "newer"], _scene.Recorded);
    }

    [Fact]
    public async Task A_reading_that_may_not_read_pauses_the_mirror_and_counts_no_longer_as_catching_up()
    {
        var meanwhile = new List<(bool, MirrorState)>();
        var raised = 0;
        Source.CaughtUp += () => Interlocked.Increment(ref raised);
        Channel.Next("posts?since=", ScriptedChannel.Forbidden);
        Channel.Next(
            "posts?since=",
            () =>
            {
                meanwhile.Add((Source.IsCatchingUp, _scene.Mirror.Stored.State));
                return null;
            }
        );
        var reading = Source.NoteGap();
        Assert.True(Source.IsCatchingUp);
        _scene.Start();
        await Source.WhenReadAsync(reading, Token).InTime();
        Assert.Equal([(false, MirrorState.Paused)], meanwhile);
        Assert.Contains("wait 20", _scene.Journal.Entries);
        Assert.False(Source.IsCatchingUp);
        await _scene.CatchUpAsync();
        Assert.Equal(MirrorState.Active, _scene.Mirror.Stored.State);
        // When it was paused, after it was over, and after the last reading, which may just be about to be reported.
        Assert.InRange(raised, 2, 3);
    }

    [Fact]
    public async Task After_the_first_reading_the_delivery_knows_that_what_is_recorded_from_then_on_is_new()
    {
        Assert.True(_scene.Worker.Recovery.IsOpen);
        Channel.Next("posts?since=", () => LoopbackAnswer.Html());
        await Assert.ThrowsAnyAsync<Exception>(() => Source.CatchUpAsync(Token));
        Assert.True(_scene.Worker.Recovery.IsOpen);
        await Source.CatchUpAsync(Token);
        Assert.False(_scene.Worker.Recovery.IsOpen);
    }

    [Fact]
    public async Task When_posts_come_faster_than_they_are_recorded_the_rest_is_read_from_the_channel()
    {
        const int QueueLength = 8192;
        await Source.CatchUpAsync(Token);
        _scene.Offer(Channel.Add("first", 1));
        // The bot's own posts take room and are not mirrored.
        for (var i = 1; i < QueueLength; i++)
            _scene.Offer(Channel.NewPost($"bot {i}", 2, user: "bot"));
        Assert.False(Source.IsCatchingUp);
        _scene.Offer(Channel.Add("too many", 3));
        _scene.Offer(Channel.Add("after that", 4));
        Assert.True(Source.IsCatchingUp);
        Assert.Single(_scene.Mirror.Log.Records, record => record.Event == ListenerLogEvents.ChatQueueFull);

        _scene.Start();
        await _scene.CatchUpAsync();
        Assert.Equal(["first", "too many", "after that"], _scene.Recorded);
    }

    [Fact]
    public async Task When_a_first_post_is_deleted_the_changes_are_read_for_its_replies()
    {
        Channel.Add("root", 1, user: "bot");
        Channel.Add("reply", 2, rootId: "root");
        _scene.Start();
        await _scene.CatchUpAsync();
        await _scene.CatchUpAsync();
        var before = _scene.Channel.Requests.Count(IsAboutChanges);
        // The server reports the root only.
        Channel.Delete("reply", 10);
        _scene.Offer(Channel.Delete("root", 10), PostEventKind.Deleted);
        await _scene.CatchUpAsync();
        // One for the event and one for the reading just now.
        Assert.Equal(before + 2, _scene.Channel.Requests.Count(IsAboutChanges));
        Assert.Equal(["reply", "reply deletion"], _scene.Recorded);
    }

    [Fact]
    public async Task With_a_deleted_reply_nothing_else_is_deleted()
    {
        Channel.Add("root", 1);
        Channel.Add("reply", 2, rootId: "root");
        _scene.Start();
        await _scene.CatchUpAsync();
        var before = _scene.Channel.Requests.Count(IsAboutChanges);
        _scene.Offer(Channel.Delete("reply", 10), PostEventKind.Deleted);
        await _scene.CatchUpAsync();
        Assert.Equal(before + 1, _scene.Channel.Requests.Count(IsAboutChanges));
        Assert.Equal(["root", "reply", "reply deletion"], _scene.Recorded);
    }

    [Fact]
    public async Task When_the_changes_cannot_be_read_after_a_deletion_the_channel_is_read_instead()
    {
        Channel.Add("root", 1, user: "bot");
        Channel.Add("reply", 2, rootId: "root");
        _scene.Start();
        await _scene.CatchUpAsync();
        Channel.Next("posts?since=", () => LoopbackAnswer.Html());
        Channel.Delete("reply", 10);
        var read = new TaskCompletionSource();
        Source.CaughtUp += () =>
        {
            if (_scene.Recorded.Contains("reply deletion"))
                read.TrySetResult();
        };
        _scene.Offer(Channel.Delete("root", 10), PostEventKind.Deleted);
        await read.Task.InTime();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_channel_whose_newest_post_is_newer_than_what_was_recorded_is_read(double seconds, bool isRead)
    {
        Channel.Add("newest", 50);
        await Source.CatchUpAsync(Token);
        Assert.Equal(ScriptedChannel.At(50), Source.NewestAt);
        Source.Compare(ScriptedChannel.At(50 + seconds), Source.NewestAt);
        Assert.Equal(isRead, Source.IsCatchingUp);
    }

    [Fact]
    public async Task A_newer_post_that_no_reading_finds_counts_once()
    {
        await Source.CatchUpAsync(Token);
        Source.Compare(ScriptedChannel.At(60), Source.NewestAt);
        await Source.CatchUpAsync(Token);
        Source.Compare(ScriptedChannel.At(60), Source.NewestAt);
        Assert.False(Source.IsCatchingUp);
        Source.Compare(ScriptedChannel.At(61), Source.NewestAt);
        Assert.True(Source.IsCatchingUp);
    }

    [Fact]
    public async Task A_reading_that_was_asked_for_while_one_went_on_comes_after_it()
    {
        _scene.Start();
        await _scene.CatchUpAsync();
        long second = 0;
        bool? isDone = null;
        Channel.Next(
            "posts?after=",
            () =>
            {
                second = Source.NoteGap();
                return null;
            }
        );
        Channel.Next(
            "posts?since=",
            () =>
            {
                isDone = Source.WhenReadAsync(second, Token).IsCompleted;
                return null;
            }
        );
        await _scene.CatchUpAsync();
        await Source.WhenReadAsync(second, Token).InTime();
        Assert.False(isDone);
    }

    [Fact]
    public async Task A_mirror_without_the_direction_to_the_War_Room_has_nothing_to_catch_up_with()
    {
        await using var scene = new ChatScene(MirrorDirection.FromDemisto);
        await scene.CatchUpAsync();
        Assert.False(scene.Source.IsCatchingUp);
        Assert.Empty(scene.Channel.Requests);
    }

    private static bool IsAboutChanges(string request) => request.Contains("posts?since=", StringComparison.Ordinal);
}
