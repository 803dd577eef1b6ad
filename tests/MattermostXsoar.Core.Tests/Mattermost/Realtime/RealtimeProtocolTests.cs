using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

public sealed class RealtimeProtocolTests
{
    private readonly ProtocolDriver _driver = new();

    public sealed class Opening
    {
        private readonly ProtocolDriver _driver = new();

        [Fact]
        public void The_token_is_sent_in_a_challenge_and_nothing_else_is()
        {
            var sent = Assert.Single(_driver.Open());
            Assert.Equal(
                $$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{ProtocolDriver.Token}}}"}}""",
                sent
            );
            Assert.False(_driver.Protocol.IsOnline);
        }

        [Fact]
        public void Hello_means_online_and_what_was_before_is_a_gap()
        {
            _driver.Open();
            var hello = _driver.Feed(RecordedFrames.Read("ws-hello.json"));
            Assert.True(hello.CameOnline);
            Assert.False(hello.Resumed);
            Assert.NotNull(hello.Gap);
            Assert.Null(hello.Event);
            Assert.False(_driver.Protocol.CanResume);
        }

        [Fact]
        public void A_reliable_server_names_the_connection()
        {
            _driver.Open();
            _driver.Feed(RecordedFrames.Read("ws-hello-with-reliable-websockets.json"));
            Assert.True(_driver.Protocol.CanResume);
            Assert.Equal(ProtocolDriver.OneId, _driver.Protocol.ConnectionId);
            Assert.Equal(1, _driver.Protocol.NextSequence);
        }

        [Fact]
        public void An_accepted_challenge_alone_is_not_yet_online()
        {
            _driver.Open();
            _driver.Reply(1);
            Assert.Empty(_driver.Log);
            Assert.False(_driver.Protocol.IsOnline);
        }

        [Fact]
        public void Without_hello_the_first_event_begins_the_connection_with_a_gap()
        {
            _driver.Open();
            _driver.Posted(7);
            _driver.Posted(8);
            Assert.Equal(["online", "gap", "posted 7", "posted 8"], _driver.Log);
        }

        [Fact]
        public void No_hello_in_time_is_a_dead_connection()
        {
            _driver.Open();
            Assert.Equal(TimeSpan.FromSeconds(10), _driver.Protocol.Tick(_driver.Now).NextIn);
            Assert.Null(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(9.99)).Failure);
            Assert.NotNull(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(10)).Failure);
        }
    }

    public sealed class Numbering
    {
        private readonly ProtocolDriver _driver = new();

        public Numbering()
        {
            _driver.Open();
            _driver.Hello();
            _driver.Log.Clear();
        }

        [Fact]
        public void A_repeated_event_is_ignored()
        {
            _driver.Posted(1);
            _driver.Posted(2);
            _driver.Posted(2);
            _driver.Posted(1);
            _driver.Posted(3);
            Assert.Equal(["posted 1", "posted 2", "posted 3"], _driver.Log);
        }

        [Fact]
        public void A_repeated_hello_is_ignored()
        {
            _driver.Hello();
            _driver.Posted(1);
            _driver.Hello();
            _driver.Posted(2);
            Assert.Equal(["posted 1", "posted 2"], _driver.Log);
        }

        [Fact]
        public void A_skipped_number_is_a_gap_before_the_later_event_and_reading_goes_on()
        {
            _driver.Posted(1);
            var later = _driver.Posted(4);
            _driver.Posted(5);
            Assert.NotNull(later.Gap);
            Assert.Null(later.Failure);
            Assert.Equal(["posted 1", "gap", "posted 4", "posted 5"], _driver.Log);
        }

        [Fact]
        public void A_late_event_is_left_to_the_catch_up_that_the_gap_asked_for()
        {
            _driver.Posted(2);
            _driver.Posted(1);
            _driver.Posted(3);
            Assert.Equal(["gap", "posted 2", "posted 3"], _driver.Log);
        }

        [Fact]
        public void A_hello_under_another_name_starts_over()
        {
            _driver.Posted(1);
            _driver.Hello(ProtocolDriver.OtherId);
            _driver.Posted(1);
            Assert.Equal(["posted 1", "gap", "posted 1"], _driver.Log);
        }

        [Fact]
        public void A_frame_that_is_neither_event_nor_reply_is_ignored()
        {
            _driver.Feed("{}");
            _driver.Feed("""{"event":"posted"}""");
            _driver.Feed("""{"event":null,"seq":9}""");
            Assert.Empty(_driver.Log);
        }

        [Fact]
        public void An_unknown_event_is_handed_on_with_its_data_as_sent()
        {
            _driver.Feed("""{"event":"custom_plugin_x","data":{"a":[1,{"b":null}]},"broadcast":null,"seq":1}""");
            var unknown = Assert.Single(_driver.Events);
            Assert.Equal("""{"a":[1,{"b":null}]}""", JsonSerializer.Serialize(unknown.Data));
            Assert.Null(unknown.Post);
            Assert.Equal("", unknown.ChannelId);
        }

        [Fact]
        public void An_event_without_data_has_none()
        {
            _driver.Feed("""{"event":"license_changed","data":null,"broadcast":{},"seq":1}""");
            Assert.Equal(JsonValueKind.Undefined, Assert.Single(_driver.Events).Data.ValueKind);
        }

        [Theory]
        [InlineData("\"{\\\"id\\\":\"")]
        [InlineData("\"not json\"")]
        [InlineData("\"{\\\"id\\\":5}\"")]
        [InlineData("\"null\"")]
        [InlineData("\"\"")]
        [InlineData("null")]
        [InlineData("17")]
        public void A_post_that_cannot_be_read_is_a_gap_so_that_it_is_fetched(string post)
        {
            _driver.Feed($$$"""{"event":"posted","data":{"post":{{{post}}}},"broadcast":{"channel_id":"c"},"seq":1}""");
            _driver.Posted(2);
            Assert.Equal(["gap", "posted 1", "posted 2"], _driver.Log);
            Assert.Null(_driver.Events[0].Post);
            Assert.Equal("c", _driver.Events[0].ChannelId);
        }

        [Fact]
        public void A_post_sent_as_an_object_is_read_as_well()
        {
            _driver.Feed(
                """{"event":"posted","data":{"post":{"id":"p","channel_id":"c","message":"\u00e4\n\"x\""}},"broadcast":{},"seq":1}"""
            );
            Assert.Equal("ä\n\"x\"", _driver.Events[0].Post!.Message);
            Assert.Equal("c", _driver.Events[0].ChannelId);
        }

        [Fact]
        public void Every_character_of_a_post_survives_the_double_coding()
        {
            const string Text =
                "quote \" backslash \\ newline \n tab \t nul \0 bell \a ünïcödé 漢字 🚒 \u2028 </script> {\"json\":[1]} `code`";
            _driver.Feed(ProtocolDriver.PostedFrame(1, Text));
            Assert.Equal(Text, _driver.Events[0].Post!.Message);
        }
    }

    public sealed class Resuming
    {
        private readonly ProtocolDriver _driver = new();

        public Resuming()
        {
            _driver.Open();
            _driver.Hello(ProtocolDriver.OneId);
            _driver.Posted(1);
            _driver.Posted(2);
            _driver.Log.Clear();
        }

        [Fact]
        public void A_ping_follows_the_challenge_because_a_resumed_connection_has_no_hello()
        {
            var sent = _driver.Reopen();
            Assert.Equal(2, sent.Count);
            Assert.Equal("""{"seq":2,"action":"ping"}""", sent[1]);
            Assert.Equal(3, _driver.Protocol.NextSequence);
        }

        [Fact]
        public void What_was_missed_comes_first_and_there_is_no_gap()
        {
            _driver.Reopen();
            _driver.Posted(3);
            _driver.Posted(4);
            _driver.Reply(2);
            Assert.Equal(["resumed", "posted 3", "posted 4", "resume done"], _driver.Log);
        }

        [Fact]
        public void The_answer_to_the_ping_alone_shows_that_nothing_was_missed()
        {
            _driver.Reopen();
            _driver.Feed(RecordedFrames.Read("ws-reply-ping.json"));
            _driver.Posted(3);
            Assert.Equal(["resumed", "resume done", "posted 3"], _driver.Log);
        }

        [Fact]
        public void The_end_of_a_resume_is_reported_once_and_not_of_a_new_connection()
        {
            _driver.Reopen();
            _driver.Reply(2);
            _driver.Reply(3);
            Assert.Equal(["resumed", "resume done"], _driver.Log);
            _driver.Reopen();
            _driver.Hello(ProtocolDriver.OtherId);
            _driver.Reply(2);
            Assert.Equal(["resumed", "resume done", "online", "gap"], _driver.Log);
        }

        [Fact]
        public void The_answer_to_the_challenge_alone_shows_nothing()
        {
            _driver.Reopen();
            _driver.Reply(1);
            Assert.Empty(_driver.Log);
        }

        [Fact]
        public void A_server_that_repeats_more_than_asked_does_no_harm()
        {
            _driver.Reopen();
            _driver.Posted(1);
            _driver.Posted(2);
            _driver.Posted(3);
            Assert.Equal(["resumed", "posted 3"], _driver.Log);
        }

        [Fact]
        public void A_server_that_lost_some_is_a_gap()
        {
            _driver.Reopen();
            _driver.Posted(5);
            Assert.Equal(["online", "gap", "posted 5"], _driver.Log);
        }

        [Fact]
        public void Hello_under_another_name_means_forgotten()
        {
            _driver.Reopen();
            _driver.Hello(ProtocolDriver.OtherId);
            _driver.Posted(1);
            Assert.Equal(["online", "gap", "posted 1"], _driver.Log);
            Assert.Equal(ProtocolDriver.OtherId, _driver.Protocol.ConnectionId);
        }

        [Fact]
        public void Hello_without_a_name_means_forgotten_and_no_further_resume()
        {
            _driver.Reopen();
            _driver.Hello();
            Assert.Equal(["online", "gap"], _driver.Log);
            Assert.Single(_driver.Reopen());
        }

        [Fact]
        public void Hello_under_the_same_name_that_counts_on_is_a_gap()
        {
            _driver.Reopen();
            _driver.Hello(ProtocolDriver.OneId, seq: 3);
            _driver.Posted(4);
            Assert.Equal(["online", "gap", "posted 4"], _driver.Log);
        }

        [Fact]
        public void Hello_under_the_same_name_on_an_open_connection_is_a_gap()
        {
            _driver.Hello(ProtocolDriver.OneId, seq: 3);
            _driver.Posted(4);
            Assert.Equal(["gap", "posted 4"], _driver.Log);
        }

        [Fact]
        public void A_connection_whose_token_was_refused_is_not_resumed()
        {
            _driver.Refuse(2);
            Assert.Single(_driver.Reopen());
            Assert.False(_driver.Protocol.CanResume);
        }

        [Fact]
        public void A_connection_without_a_next_number_is_not_resumed()
        {
            _driver.Feed(ProtocolDriver.PostedFrame(long.MaxValue));
            Assert.False(_driver.Protocol.CanResume);
        }

        [Fact]
        public void Hello_under_the_same_name_that_counts_from_the_beginning_loses_nothing()
        {
            _driver.Reopen();
            _driver.Hello(ProtocolDriver.OneId);
            _driver.Posted(1);
            Assert.Equal(["online", "gap", "posted 1"], _driver.Log);
        }

        [Fact]
        public void A_resume_that_the_server_cuts_off_is_not_tried_again()
        {
            _driver.Reopen();
            _driver.Protocol.Closed();
            Assert.False(_driver.Protocol.CanResume);
            Assert.Single(_driver.Open());
        }

        [Fact]
        public void A_resumed_connection_can_be_resumed_again()
        {
            _driver.Reopen();
            _driver.Posted(3);
            _driver.Reopen();
            _driver.Posted(4);
            Assert.Equal(["resumed", "posted 3", "resumed", "posted 4"], _driver.Log);
        }

        [Fact]
        public void No_sign_in_time_is_a_dead_connection()
        {
            _driver.Reopen();
            _driver.Reply(1);
            Assert.NotNull(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(10)).Failure);
        }
    }

    public sealed class BrokenFrames
    {
        private readonly ProtocolDriver _driver = new();

        public BrokenFrames()
        {
            _driver.Open();
            _driver.Hello(ProtocolDriver.OneId);
            _driver.Log.Clear();
        }

        [Theory]
        [InlineData("")]
        [InlineData("limit exceeded\n")]
        [InlineData("<html>login</html>")]
        [InlineData("[1]")]
        [InlineData("null")]
        [InlineData("{\"event\":\"posted\",\"seq\":\"1\"}")]
        [InlineData("{\"event\":\"posted\",\"seq\":1e99}")]
        [InlineData("{\"event\":\"posted\",\"seq\":1} {\"event\":\"posted\",\"seq\":2}")]
        public void What_is_no_whole_message_breaks_the_connection(string frame)
        {
            Assert.NotNull(_driver.Feed(frame).Failure);
            Assert.Equal(["broken"], _driver.Log);
        }

        [Fact]
        public void Half_a_message_breaks_the_connection_wherever_it_is_cut()
        {
            var whole = RecordedFrames.Read("ws-posted.json").AsSpan().TrimEnd("\n"u8).ToArray();
            for (var length = 0; length < whole.Length; length++)
                Assert.NotNull(_driver.Feed(whole[..length]).Failure);

            Assert.Empty(_driver.Events);
        }

        [Fact]
        public void Bytes_that_are_no_text_break_the_connection()
        {
            var frame = RecordedFrames.Read("ws-posted.json");
            frame[Array.IndexOf(frame, (byte)'@')] = 0xff;
            Assert.NotNull(_driver.Feed(frame).Failure);
        }

        [Fact]
        public void The_frame_is_not_quoted_for_it_may_hold_anything()
        {
            var broken = _driver.Feed("{\"event\":\"secret text " + ProtocolDriver.Token).Failure!;
            Assert.DoesNotContain("secret", broken, StringComparison.Ordinal);
            Assert.DoesNotContain(ProtocolDriver.Token, broken, StringComparison.Ordinal);
        }

        [Fact]
        public void Once_broken_it_is_asked_for_again_and_nothing_is_lost()
        {
            _driver.Posted(1);
            _driver.Feed("{\"event\":\"posted\",");
            Assert.Equal(2, _driver.Reopen().Count);
            _driver.Posted(2);
            Assert.Equal(["posted 1", "broken", "resumed", "posted 2"], _driver.Log);
        }

        [Fact]
        public void Broken_twice_at_the_same_place_starts_over_instead_of_repeating_for_ever()
        {
            _driver.Feed("{");
            _driver.Reopen();
            _driver.Reply(2);
            _driver.Feed("{");
            Assert.Single(_driver.Reopen());
            _driver.Hello(ProtocolDriver.OtherId);
            Assert.Equal(["broken", "resumed", "resume done", "broken", "online", "gap"], _driver.Log);
        }
    }

    [Fact]
    public void A_ping_is_sent_every_half_minute_and_its_answer_keeps_the_connection()
    {
        _driver.Open();
        _driver.Hello();
        for (var round = 0; round < 10; round++)
        {
            Assert.Null(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(29.9)).Send);
            _driver.Now += TimeSpan.FromSeconds(30);
            var beat = _driver.Protocol.Tick(_driver.Now);
            Assert.NotNull(beat.Send);
            Assert.Equal(TimeSpan.FromSeconds(10), beat.NextIn);
            using var ping = JsonDocument.Parse(beat.Send);
            Assert.Equal(round + 2, ping.RootElement.GetProperty("seq").GetInt64());
            _driver.Reply(round + 2);
            Assert.Equal(TimeSpan.FromSeconds(30), _driver.Protocol.Tick(_driver.Now).NextIn);
        }
    }

    [Fact]
    public void No_answer_to_a_ping_is_a_dead_connection()
    {
        _driver.Open();
        _driver.Hello();
        _driver.Now += TimeSpan.FromSeconds(30);
        Assert.NotNull(_driver.Protocol.Tick(_driver.Now).Send);
        Assert.Null(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(9.9)).Failure);
        Assert.NotNull(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(10)).Failure);
    }

    [Fact]
    public void A_deadline_longer_than_the_interval_is_not_put_off_by_further_pings()
    {
        var driver = new ProtocolDriver(
            new RealtimeOptions { PingInterval = TimeSpan.FromSeconds(1), PongTimeout = TimeSpan.FromSeconds(5) }
        );
        driver.Open();
        driver.Hello();
        var pings = 0;
        var second = 0;
        for (
            ;
            driver.Protocol.Tick(driver.Now + TimeSpan.FromSeconds(second)) is { Failure: null } beat && second < 60;
            second++
        )
            pings += beat.Send is null ? 0 : 1;

        Assert.Equal((6, 1), (second, pings));
    }

    [Fact]
    public void Events_that_arrive_before_the_answer_are_a_sign_of_life()
    {
        _driver.Open();
        _driver.Hello();
        _driver.Now += TimeSpan.FromSeconds(30);
        _driver.Protocol.Tick(_driver.Now);
        _driver.Now += TimeSpan.FromSeconds(9);
        _driver.Posted(1);
        Assert.Null(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(9)).Failure);
        Assert.NotNull(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(10)).Failure);
    }

    [Fact]
    public void While_an_event_is_being_handed_on_silence_is_not_held_against_the_server()
    {
        _driver.Open();
        _driver.Hello();
        _driver.Now += TimeSpan.FromSeconds(30);
        _driver.Protocol.Tick(_driver.Now);
        _driver.Protocol.BeginDelivery();
        _driver.Now += TimeSpan.FromMinutes(3);
        var beat = _driver.Protocol.Tick(_driver.Now);
        Assert.Equal((null, null), (beat.Failure, beat.Send));
        _driver.Protocol.EndDelivery(_driver.Now);
        Assert.Null(_driver.Protocol.Tick(_driver.Now).Failure);
        Assert.NotNull(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(41)).Failure);
    }

    [Fact]
    public void The_servers_clock_plays_no_part()
    {
        _driver.Open();
        _driver.Hello();
        _driver.Now += TimeSpan.FromSeconds(30);
        _driver.Protocol.Tick(_driver.Now);
        _driver.Feed("""{"status":"OK","seq_reply":2,"data":{"text":"pong","server_time":-1}}""");
        Assert.Null(_driver.Protocol.Tick(_driver.Now + TimeSpan.FromSeconds(20)).Failure);
    }
}
