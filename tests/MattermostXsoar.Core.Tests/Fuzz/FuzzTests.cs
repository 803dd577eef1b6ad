using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Mattermost.Realtime;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Tests.Recorded;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;
using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Fuzz;

/// <summary>
/// Every kind of answer and frame that the code parses, changed at random (<see cref="TestSeed"/>): whatever a server
/// sends, nothing but the documented errors comes out, and no object that is none.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int PerAnswer = 40;
    private const int PerXsoarAnswer = 400;
    private const int PerFrame = 120;

    // At least so many in all of the three tests.
    private const int LeastAnswers = 4_000;
    private const int LeastXsoarAnswers = 1_500;
    private const int LeastFrames = 5_000;

    private static readonly Uri Server = new("http://server.example");

    private static readonly int[] Statuses = [200, 201, 204, 301, 308, 400, 401, 403, 404, 413, 500, 501, 503];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_Mattermost_answers_causes_another_error_than_the_documented_ones()
    {
        var mutator = new JsonMutator(TestSeed.Take());
        var calls = RecordedAnswer
            .Names()
            .Select(RecordedAnswer.Load)
            .Select(recorded => (recorded, Call: RecordedCall.For(recorded)))
            .Where(known => known.Call is not null)
            .ToList();
        var (count, refused) = (0, 0);
        using var stub = new StubHandler();
        using var client = TestClients.Mattermost(Server, Environment(stub));
        foreach (var (recorded, call) in calls)
        {
            for (var i = 0; i < PerAnswer; i++, count++)
            {
                var body = mutator.Mutate(recorded.Body?.ToJsonString() ?? "");
                Plan(stub, mutator, recorded.Status, body);
                if (!await TryAsync(() => call!(client), recorded.Name, body))
                    refused++;
            }
        }

        output.WriteLine($"{count} answers of Mattermost, {calls.Count} kinds, {refused} became an error");
        Assert.True(count >= LeastAnswers && refused > 0 && refused < count, $"{count}, {refused}");
    }

    [Fact]
    public async Task Nothing_that_XSOAR_answers_causes_another_error_than_the_documented_ones()
    {
        var mutator = new JsonMutator(TestSeed.Take());
        var (count, refused) = (0, 0);
        using var stub = new StubHandler();
        using var xsoar = TestClients.Xsoar(Server, environment: Environment(stub));
        foreach (var (sample, call) in XsoarCalls(xsoar))
        {
            for (var i = 0; i < PerXsoarAnswer; i++, count++)
            {
                var body = mutator.Mutate(sample);
                Plan(stub, mutator, 200, body);
                if (!await TryAsync(call, sample, body))
                    refused++;
            }
        }

        output.WriteLine($"{count} answers of XSOAR, {refused} became an error");
        Assert.True(count >= LeastXsoarAnswers && refused > 0 && refused < count, $"{count}, {refused}");
    }

    [Fact]
    public async Task Nothing_that_the_websocket_brings_ends_the_listener()
    {
        var mutator = new JsonMutator(TestSeed.Take());
        await using var scene = new ChatScene();
        var mirrors = new OneMirror(scene);
        var router = new ChatEventRouter(
            scene.Channel.Access,
            scene.Mirror.Runtime,
            mirrors,
            new ChannelReconciler(scene.Channel.Access, scene.Mirror.Runtime, mirrors),
            new NoObserver()
        );
        var names = RecordedFrames.EventNames.ToList();
        string[] frames =
        [
            .. names.Select(name => Encoding.UTF8.GetString(RecordedFrames.Read(name))),
            .. names.Select(name => OfTheMirror(Encoding.UTF8.GetString(RecordedFrames.Read(name)), mirrors)),
            Encoding.UTF8.GetString(RecordedFrames.Read("ws-hello-with-reliable-websockets.json")),
            """{"status":"OK","seq_reply":1}""",
            """{"status":"FAIL","error":{"id":"x","message":"no","status_code":401},"seq_reply":1}""",
            """{"event":"user_updated","data":{"user":{"id":5}},"broadcast":{},"seq":1}""",
        ];
        var (count, events, broken) = (0, 0, 0);
        foreach (var frame in frames)
        {
            for (var i = 0; i < PerFrame; i++, count++)
            {
                var driver = new ProtocolDriver();
                driver.Open();
                var body = mutator.Mutate(frame);
                try
                {
                    var received = driver.Protocol.Receive(body, driver.Now);
                    broken += received.Failure is null ? 0 : 1;
                    if (received.Gap is { } gap)
                        await router.OnGapAsync(gap, Token);
                    if (received.Event is not { } realtimeEvent)
                        continue;
                    events++;
                    await router.OnEventAsync(realtimeEvent, Token);
                }
                catch (Exception exception)
                {
                    Assert.Fail($"{Encoding.UTF8.GetString(body)}\n{exception}");
                }
            }
        }

        output.WriteLine($"{count} frames, {frames.Length} kinds, {events} were events, {broken} ended the connection");
        Assert.True(count >= LeastFrames && events > count / 4 && broken > 0, $"{count}, {events}, {broken}");
    }

    private static ClientEnvironment Environment(StubHandler stub) =>
        new()
        {
            TimeProvider = new WaitRecordingTimeProvider(),
            Random = () => 0.5,
            Handler = () => stub,
        };

    private static void Plan(StubHandler stub, JsonMutator mutator, int status, byte[] body) =>
        (stub.Status, stub.Body) = (mutator.Next(10) == 0 ? Statuses[mutator.Next(Statuses.Length)] : status, body);

    // False if the call became one of the documented errors.
    private static async Task<bool> TryAsync(Func<Task<object?>> call, string name, byte[] body)
    {
        try
        {
            Inspect(await call());
            return true;
        }
        catch (MattermostXsoarException error)
        {
            Assert.NotEmpty(error.Message);
            return false;
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}\n{Encoding.UTF8.GetString(body)}\n{exception}");
            throw;
        }
    }

    // Everything that the code may read of it can be read, and it is an object of its kind.
    private static void Inspect(object? value)
    {
        if (value is IAnswer answer)
            Assert.True(answer.IsComplete, value.GetType().Name);
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
                Inspect(item);
        }
        else if (value?.GetType().Namespace?.StartsWith("MattermostXsoar", StringComparison.Ordinal) == true)
        {
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length == 0)
                    _ = property.GetValue(value);
            }
        }
    }

    private static (string Sample, Func<Task<object?>> Call)[] XsoarCalls(XsoarClient xsoar)
    {
        const string Entry = """
            {"id":"96@1","version":2,"investigationId":"1","type":1,"category":"chat","format":"markdown","user":"jane",
            "created":"2026-01-02T03:04:05.123456789Z","modified":"2026-01-02T03:04:05Z","parentId":"","note":false,
            "deleted":false,"tags":["a"],"file":"x.txt","fileMetadata":{"size":5,"type":"text","isMediaFile":false},
            "entryTask":{"playbookName":"p","taskId":"3","taskName":"t"},"contents":{"rows":[{"a":1}]}}
            """;
        return
        [
            (
                """{"demistoVersion":"6.14.0","buildNum":"1","deploymentMode":null}""",
                async () => await xsoar.AboutAsync(Token)
            ),
            (
                """
                {"total":1,"data":[{"id":"1","version":3,"name":"n","type":"t","status":1,"owner":"o","severity":0.5,
                "created":"2026-01-02T03:04:05Z","modified":"2026-01-02T03:04:05Z","closed":"0001-01-01T00:00:00Z",
                "investigationId":"1"}]}
                """,
                async () => await xsoar.SearchIncidentsAsync(new IncidentQuery(), Token)
            ),
            (
                $$"""
                {"id":"1","name":"n","type":0,"status":0,"created":"2026-01-02T03:04:05Z","users":["jane"],
                "modified":"2026-01-02T03:04:05Z","closed":null,"entries":[{{Entry}},{{Entry}}]}
                """,
                async () => await xsoar.GetInvestigationAsync("1", new EntryQuery(), Token)
            ),
            (Entry, async () => await xsoar.AddFormattedEntryAsync("1", "text", cancellationToken: Token)),
            (
                Entry,
                async () =>
                    await xsoar.Files.UploadAsync("1", TestFiles.From(new MemoryStream([1]), 1), "c", null, Token)
            ),
        ];
    }

    // The same event in the channel of the mirror.
    private static string OfTheMirror(string frame, IChatMirrors mirrors)
    {
        var json = JsonNode.Parse(frame)!;
        if (json["broadcast"] is JsonObject broadcast)
            broadcast["channel_id"] = mirrors.All[0].Mirror.ChannelId;
        return json.ToJsonString();
    }

    private sealed class OneMirror(ChatScene scene) : IChatMirrors, IChatMirror
    {
        public IReadOnlyList<IChatMirror> All => [this];

        public MirrorRecord Mirror { get; } = scene.Mirror.Record with { OptionalAspects = [MessageAspect.Reactions] };

        public MirrorHealth Health => scene.Mirror.Health;

        public ChannelHealth Channel { get; } = new(scene.Channel.Access, scene.Mirror.Runtime, scene.Mirror.Health);

        public ChatSource Chat => scene.Source;

        public IReadOnlyList<IChatMirror> OfChannel(string channelId) => channelId == Mirror.ChannelId ? All : [];
    }

    private sealed class NoObserver : IConnectionObserver
    {
        public void OnEvent() { }

        public void OnConnection(RealtimeState state, string? reason) { }

        public void OnProgress() { }
    }
}
