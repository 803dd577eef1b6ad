using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;

/// <summary>
/// People on both sides who talk, attach files, write long texts, edit and delete while one listener after the other
/// ends at a step, and the account of what arrived.
/// </summary>
internal sealed class StopScene : IAsyncDisposable
{
    private const int Messages = 12;
    private static readonly string[] ChatPeople = ["user1", "user2"];
    private static readonly string[] WarRoomPeople = ["jane", "joe"];

    private readonly ITestOutputHelper _output;
    private readonly List<string> _fromChat = [];
    private readonly List<string> _fromWarRoom = [];
    private readonly ChangesInChat _inChat;
    private readonly ChangesInWarRoom _inWarRoom;

    private StopScene(MirrorHarness harness, ITestOutputHelper output)
    {
        Harness = harness;
        _output = output;
        _inChat = new ChangesInChat(harness);
        _inWarRoom = new ChangesInWarRoom(harness);
    }

    public MirrorHarness Harness { get; }

    /// <summary>A world that ends is not waited for.</summary>
    public static async Task<StopScene> StartAsync(ITestOutputHelper output, string version = "11.6.0") =>
        new(
            await MirrorHarness.StartAsync(
                new SandboxOptions { MattermostVersion = version },
                mirroring: MirrorHarness.Quick with
                {
                    StopGrace = TimeSpan.FromMilliseconds(20),
                }
            ),
            output
        );

    /// <summary>Mirrors for the first time.</summary>
    public async Task MirrorAsync(StopPoints stops, bool autoClose = false)
    {
        var service = await Harness.NewServiceAsync(stopPoints: stops);
        await service.StartMirrorAsync(Harness.Request() with { AutoClose = autoClose }, Harness.Token);
        foreach (var person in Harness.Sandbox.Options.Seed.People)
            Harness.Sandbox.Mattermost.AddMember("incident-1", person.Username);
    }

    /// <summary>Waits for the end of the running listener, then starts the next on the same store.</summary>
    public async Task RestartAsync(ProcessEnd end, StopPoints next)
    {
        await end.Reached.WaitAsync(Harness.Token);
        await Harness.Service.CloseAsync();
        await Harness.NewServiceAsync(stopPoints: next);
        await Harness.Service.Listener.StartAsync(Harness.Token);
    }

    /// <summary>Everybody writes; listeners end at the steps one after the other, the last one stays; then all is
    /// counted.</summary>
    public async Task RunAsync(IReadOnlyList<ProcessEnd> ends)
    {
        await MirrorAsync(ends[0].Points);
        var talking = TalkAsync();
        for (var i = 0; i < ends.Count; i++)
            await RestartAsync(ends[i], i + 1 < ends.Count ? ends[i + 1].Points : StopPoints.None);
        await talking;
        await AccountAsync();
    }

    /// <summary>Messages of all people, with files, long texts, edits and deletions among them.</summary>
    public async Task TalkAsync()
    {
        await Task.WhenAll(TalkOnAsync(), _inChat.MakeAsync(), _inWarRoom.MakeAsync());
    }

    /// <summary>Waits until all has arrived that will, looks once more at both sides, and counts.</summary>
    public async Task AccountAsync()
    {
        var sandbox = Harness.Sandbox;
        try
        {
            await sandbox.Xsoar.WhenAsync(_ => ChatToWarRoom().TrueForAll(tally => tally.Lost == 0), Harness.Token);
            await sandbox.Mattermost.WhenAsync(
                _ => WarRoomToChat().TrueForAll(tally => tally.Lost == 0),
                Harness.Token
            );
            await Harness.Service.Listener.WaitAsync(ListenerState.Connected, Harness.Token);
            await Harness.Service.SynchronizeAsync(null, Harness.Token);
        }
        catch (OperationCanceledException) when (Harness.Token.IsCancellationRequested)
        {
            _output.WriteLine("The deadline has passed.");
            lock (Harness.Log)
                Harness.Log.TakeLast(30).ToList().ForEach(record => _output.WriteLine(record.ToString()));
        }

        Check("chat to War Room", ChatToWarRoom());
        Check("War Room to chat", WarRoomToChat());
    }

    public ValueTask DisposeAsync() => Harness.DisposeAsync();

    private List<Tally> ChatToWarRoom() =>
        [Count(_fromChat, Harness.MirroredInWarRoom()), Tally.OfSequence(_inChat.Expected, _inChat.Shown())];

    private List<Tally> WarRoomToChat() =>
        [
            Count(_fromWarRoom, Harness.MirroredInChat("incident-1")),
            Tally.OfSequence(_inWarRoom.Expected, _inWarRoom.Shown()),
        ];

    private static Tally Count(List<string> sent, IEnumerable<string> arrived)
    {
        lock (sent)
            return Tally.Of(sent, arrived);
    }

    private void Check(string way, List<Tally> tallies)
    {
        _output.WriteLine($"{way}: {tallies[0]}");
        _output.WriteLine($"{way}, files, parts, edits and deletions: {tallies[1]}");
        foreach (var tally in tallies)
            Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
    }

    private async Task TalkOnAsync()
    {
        for (var i = 0; i < Messages; i++)
        {
            await Harness.WaitsAsync(4);
            foreach (var person in ChatPeople)
                Send(
                    _fromChat,
                    Tally.Text(person, i),
                    text => Harness.Sandbox.Mattermost.Post(person, "incident-1", text)
                );
            foreach (var person in WarRoomPeople)
                Send(_fromWarRoom, Tally.Text(person, i), text => Harness.Sandbox.Xsoar.AddEntry("1", person, text));
        }
    }

    private static void Send(List<string> sent, string text, Action<string> send)
    {
        lock (sent)
        {
            send(text);
            sent.Add(text);
        }
    }
}
