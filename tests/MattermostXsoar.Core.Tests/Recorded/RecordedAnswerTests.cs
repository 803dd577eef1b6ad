using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Recorded;

/// <summary>Every recorded REST answer that the clients can meet, replayed byte for byte.</summary>
public sealed class RecordedAnswerTests
{
    public static TheoryData<string> Successes => Select(status => status < 300);

    public static TheoryData<string> Refusals => Select(status => status is >= 400 and not 429);

    [Fact]
    public void Enough_answers_are_replayed() =>
        Assert.True(Successes.Count >= 300 && Refusals.Count >= 150, $"{Successes.Count}, {Refusals.Count}");

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task A_success_arrives_with_every_field(string name)
    {
        var recorded = RecordedAnswer.Load(name);
        await using var server = new LoopbackServer(recorded.Replay());
        using var client = TestClients.Mattermost(server.Uri);

        var result = await RecordedCall.For(recorded)!(client);

        var request = Assert.Single(server.Requests);
        Assert.Equal(recorded.Method, request.Method);
        Assert.Equal(recorded.Path, Uri.UnescapeDataString(request.PathAndQuery.Split('?')[0]) + Query(recorded.Path));
        Assert.Equal("Bearer " + TestClients.Token, request.Headers["Authorization"]);
        Assert.Equal("en", request.Headers["Accept-Language"]);
        switch (result)
        {
            case null:
                Assert.Equal("OK", (string?)recorded.Body!["status"]);
                break;
            case ServerInfo info:
                var version = name.StartsWith("11.6/", StringComparison.Ordinal) ? "11.6.0" : "5.37.0";
                Assert.Equal(new ServerInfo(version, Ok: true), info);
                Assert.Equal(Version.Parse(version), info.ParsedVersion);
                break;
            default:
                AssertHolds(
                    recorded.Body,
                    JsonNode.Parse(JsonSerializer.Serialize(result, result.GetType(), MattermostJson.Default)),
                    name
                );
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_becomes_one_clear_error(string name)
    {
        var recorded = RecordedAnswer.Load(name);
        await using var server = new LoopbackServer(recorded.Replay());
        using var client = TestClients.Mattermost(server.Uri);
        // An empty list is not sent, since the server would refuse it.
        if (recorded.RequestJson is JsonArray { Count: 0 })
            return;
        var thrown = await Assert.ThrowsAnyAsync<MattermostXsoarException>(() => RecordedCall.For(recorded)!(client));
        // Nor is a channel whose name or texts no server allows.
        if (thrown is not ApiException error)
        {
            Assert.Contains(recorded.Status, new[] { 400, 500 });
            Assert.StartsWith("/api/v4/channels", recorded.Path);
            Assert.Equal((ErrorIds.InvalidArgument, ErrorKind.InvalidArgument), (thrown.ErrorId, thrown.Kind));
            Assert.Empty(server.Requests);
            return;
        }

        var expected = ExpectedRefusals.For(recorded);
        Assert.Equal((expected.ErrorId, expected.Kind), (error.ErrorId, error.Kind));
        Assert.Equal(recorded.Status, error.StatusCode);
        Assert.Equal(recorded.ServerErrorId, error.ServerErrorId);
        Assert.Equal(
            (string?)recorded.Body!["request_id"] ?? recorded.Headers.GetValueOrDefault("X-Request-Id"),
            error.RequestId
        );
        Assert.Null(error.RetryAfter);
        Assert.Equal(recorded.Status is >= 500 and not 501 && recorded.Method != "GET", error.OutcomeUnknown);
        if (error.Kind != ErrorKind.InvalidArgument)
            Assert.False(string.IsNullOrWhiteSpace(error.Advice));
        if (recorded.Status == 401)
            Assert.StartsWith(
                "Invalid or expired session. Make sure the Bot Access Token is configured properly.",
                error.Message
            );
        else
            Assert.Contains(((string)recorded.Body["message"]!).TrimEnd('.'), error.Message);
        Assert.Contains($"HTTP {recorded.Status}]", error.Message);
        Assert.DoesNotContain(TestClients.Token, error.ToString() + error.Advice);
    }

    /// <summary>The server's default language may be any, and a proxy may drop what language was asked for.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_the_same_error_in_another_language(string name)
    {
        var recorded = RecordedAnswer.Load(name);
        if (recorded.Body is not JsonObject { } body || body["message"] is null)
            return;
        var expected = await ErrorAsync(recorded);
        body["message"] = "Ошибка: 無効です";

        var error = await ErrorAsync(recorded);

        Assert.Equal((expected?.ErrorId, expected?.Kind), (error?.ErrorId, error?.Kind));
    }

    // Null for what is not sent at all.
    private static async Task<MattermostXsoarException?> ErrorAsync(RecordedAnswer recorded)
    {
        await using var server = new LoopbackServer(recorded.Replay());
        using var client = TestClients.Mattermost(server.Uri);
        try
        {
            await RecordedCall.For(recorded)!(client);
            return null;
        }
        catch (MattermostXsoarException exception)
        {
            return exception;
        }
    }

    // What the server sent must be found again in what the model writes; texts that are null may have become empty.
    private static void AssertHolds(JsonNode? sent, JsonNode? read, string where)
    {
        switch (sent)
        {
            case JsonObject expected:
                foreach (var (key, value) in expected)
                    AssertHolds(value, Assert.IsType<JsonObject>(read)[key], $"{where}.{key}");
                break;
            case JsonArray expected:
                var actual = Assert.IsType<JsonArray>(read);
                Assert.Equal(expected.Count, actual.Count);
                for (var i = 0; i < expected.Count; i++)
                    AssertHolds(expected[i], actual[i], $"{where}[{i}]");
                break;
            case null:
                Assert.True(read is null || read.ToString() is "" or "[]", where);
                break;
            // The times of another member are not told (-1).
            case JsonValue when where.Contains(".last_", StringComparison.Ordinal) && sent.ToString() == "-1":
                Assert.Equal("0", read?.ToString());
                break;
            default:
                Assert.True(JsonNode.DeepEquals(sent, read), $"{where}: {sent} became {read}");
                break;
        }
    }

    private static string Query(string path) => path.Contains('?') ? path[path.IndexOf('?')..] : "";

    private static TheoryData<string> Select(Func<int, bool> status)
    {
        var names = new TheoryData<string>();
        foreach (var name in RecordedAnswer.Names())
        {
            var recorded = RecordedAnswer.Load(name);
            if (status(recorded.Status) && RecordedCall.For(recorded) is not null)
                names.Add(name);
        }

        return names;
    }
}
