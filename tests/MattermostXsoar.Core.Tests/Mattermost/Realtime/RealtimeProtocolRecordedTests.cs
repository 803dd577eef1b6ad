using System.Text.Json;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>The protocol over everything that was recorded from a real server.</summary>
public sealed class RealtimeProtocolRecordedTests
{
    public static TheoryData<string> Sessions => [.. RecordedFrames.SessionNames];

    public static TheoryData<string> Events => [.. RecordedFrames.EventNames];

    public static TheoryData<string> TodaysEvents => [.. RecordedFrames.TodaysEventNames];

    public static TheoryData<string> TodaysConnections =>
        [.. RecordedFrames.TodaysScenario().Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Connections => [.. RecordedFrames.Scenario().Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_recorded_connection_has_one_gap_at_its_beginning_and_delivers_every_event_in_order(string name) =>
        DeliversAll(RecordedFrames.Session(name));

    [Theory]
    [MemberData(nameof(Connections))]
    public void A_connection_of_the_long_scenario_does_too(string label) =>
        DeliversAll(RecordedFrames.Scenario()[label]);

    [Fact]
    public void The_long_scenario_holds_what_the_tests_rely_on()
    {
        var scenario = RecordedFrames.Scenario();
        Assert.True(scenario["bot"].Count > 70, "the bot's connection is the longest");
        Assert.Equal(286, scenario.Values.Sum(frames => frames.Count));
    }

    [Theory]
    [MemberData(nameof(TodaysConnections))]
    public void A_connection_of_the_long_scenario_of_today_does_too(string label) =>
        DeliversAll(RecordedFrames.TodaysScenario()[label]);

    [Theory]
    [MemberData(nameof(Events))]
    public void A_recorded_event_is_read_with_its_post_and_its_channel(string name) =>
        IsRead(RecordedFrames.Read(name));

    [Theory]
    [MemberData(nameof(TodaysEvents))]
    public void An_event_recorded_of_today_is_read_with_its_post_and_its_channel(string name) =>
        IsRead(RecordedFrames.ReadToday(name));

    [Fact]
    public void Both_spellings_of_an_event_are_read_as_the_same()
    {
        const string Post = """{\"id\":\"p\",\"channel_id\":\"c\",\"message\":\"a<b>&c\"}""";
        var spaced =
            $$$"""{"event": "posted", "data": {"channel_type":"O","post":"{{{Post}}}"}, "broadcast": {"omit_users":null,"channel_id":"c"}, "seq": 1}""";
        var escaped = Post.Replace("<", "\\\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);
        var compact =
            $$$"""{"event":"posted","data":{"channel_type":"O","post":"{{{escaped}}}"},"broadcast":{"omit_users":null,"channel_id":"c"},"seq":1}"""
            + "\n";
        Assert.Contains("u003c", compact, StringComparison.Ordinal);
        foreach (var spelling in (string[])[spaced, compact])
        {
            var driver = new ProtocolDriver();
            driver.Open();
            driver.Hello();
            driver.Feed(spelling);
            var read = Assert.Single(driver.Events);
            Assert.Equal(("a<b>&c", "c"), (read.Post!.Message, read.ChannelId));
        }
    }

    private static void IsRead(byte[] frame)
    {
        var driver = new ProtocolDriver();
        driver.Open();
        driver.Hello();
        driver.Feed(frame);

        var read = Assert.Single(driver.Events);
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        var data = root.GetProperty("data");
        Assert.Equal(root.GetProperty("event").GetString(), read.Event);
        Assert.Equal(root.GetProperty("broadcast").GetProperty("user_id").GetString(), read.BroadcastUserId);
        Assert.Equal(JsonSerializer.Serialize(data), JsonSerializer.Serialize(read.Data));
        Assert.Equal(Text(data, "sender_name"), read.SenderName);
        if (!data.TryGetProperty("post", out var postText))
        {
            Assert.Null(read.Post);
            Assert.Equal(
                FirstOf(Text(root.GetProperty("broadcast"), "channel_id"), Text(data, "channel_id")),
                read.ChannelId
            );
            return;
        }

        using var postDocument = JsonDocument.Parse(postText.GetString()!);
        var post = postDocument.RootElement;
        Assert.NotNull(read.Post);
        Assert.Equal(post.GetProperty("id").GetString(), read.Post.Id);
        Assert.Equal(post.GetProperty("message").GetString(), read.Post.Message);
        Assert.Equal(post.GetProperty("user_id").GetString(), read.Post.UserId);
        Assert.Equal(post.GetProperty("create_at").GetInt64(), read.Post.CreateAtMs);
        Assert.Equal(post.GetProperty("channel_id").GetString(), read.ChannelId);
    }

    [Fact]
    public void The_removed_user_and_the_channel_see_the_same_channel()
    {
        var driver = new ProtocolDriver();
        driver.Open();
        driver.Hello();
        driver.Feed(RecordedFrames.Read("ws-user_removed-seen-by-channel.json"));
        driver.Feed(RecordedFrames.Read("ws-user_removed-seen-by-the-removed-user.json"));
        Assert.Equal(
            ["64rgja5fetrwi8ddqbxppbfcyy", "64rgja5fetrwi8ddqbxppbfcyy"],
            driver.Events.Select(e => e.ChannelId)
        );
        Assert.Equal(["", "a33yq8o69p8hbeu3pbbmrzhbih"], driver.Events.Select(e => e.BroadcastUserId));
    }

    [Fact]
    public void A_revoked_token_is_recognised_by_the_answer_to_an_action_and_is_not_quoted()
    {
        var driver = new ProtocolDriver();
        driver.Open();
        var last = RecordedFrames.Session("ws-session-token-revoked.json").Select(driver.Feed).Last();
        Assert.True(last.TokenRefused);
        Assert.Contains("401", last.Failure, StringComparison.Ordinal);
        Assert.Contains("Invalid session token=***", last.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain(ProtocolDriver.Token, last.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws-error-no-action.json")]
    [InlineData("ws-error-no-seq.json")]
    [InlineData("ws-error-unknown-action.json")]
    [InlineData("ws-reply-fail.json")]
    public void Another_refused_action_is_reported_and_changes_nothing(string name)
    {
        var driver = new ProtocolDriver();
        driver.Open();
        driver.Hello();
        Assert.NotNull(driver.Feed(RecordedFrames.Read(name)).Notice);
        driver.Posted(1);
        Assert.Equal(["online", "gap", "notice", "posted 1"], driver.Log);
    }

    private static void DeliversAll(IReadOnlyList<byte[]> frames)
    {
        var driver = new ProtocolDriver();
        driver.Open();
        var expected = new List<string>();
        foreach (var frame in frames)
        {
            driver.Feed(frame);
            using var document = JsonDocument.Parse(frame);
            var root = document.RootElement;
            if (!root.TryGetProperty("event", out var name))
                continue;

            if (name.GetString() == "hello")
                expected.AddRange(["online", "gap"]);
            else
                expected.Add($"{name.GetString()} {root.GetProperty("seq").GetInt64()}");
        }

        Assert.Equal(expected, driver.Log.Where(entry => entry is not ("notice" or "broken")));
        Assert.All(
            driver.Events.Where(e => e.Event is "posted" or "post_edited" or "post_deleted" or "ephemeral_message"),
            e => Assert.NotNull(e.Post)
        );
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string FirstOf(string? first, string? second) => string.IsNullOrEmpty(first) ? second ?? "" : first;
}
