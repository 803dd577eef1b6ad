using System.Diagnostics;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>People on both sides of a mirror who go on writing whatever happens, and the account of what
/// arrived.</summary>
internal sealed class Traffic(MirrorHarness harness, ITestOutputHelper output)
{
    private static readonly string[] ChatPeople = ["user1", "user2", "user3"];
    private static readonly string[] WarRoomPeople = ["jane", "joe", "zoe"];

    private const string Investigation = "1";

    // By its id, which outlives a change of its name.
    private readonly string _channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _fromChat = [];
    private readonly List<string> _fromWarRoom = [];
    private readonly Signal _progress = new();
    private int _sent;

    /// <summary>Messages that each person writes; more while a fault waits for a frame.</summary>
    public int Messages { get; init; } = 60;

    /// <summary>How many waits the listener begins while a person thinks about the next message.</summary>
    public int Pace { get; init; } = 2;

    /// <summary>How a person posts; by default straight into the sandbox, which works while its servers are
    /// down.</summary>
    public Func<string, string, Task>? Post { get; init; }

    /// <summary>Whether people write in the War Room as well.</summary>
    public bool FromWarRoom { get; init; } = true;

    /// <summary>Whether nobody writes in the channel, as while it is archived.</summary>
    public bool ChatIsSilent { get; init; }

    /// <summary>
    /// Whether the channel's order is that in which messages arrived there, and not that in which it shows them: by
    /// create_at, which a clock that is set back turns round.
    /// </summary>
    public bool ByArrival { get; init; }

    /// <summary>Messages of each side that the other side refused permanently.</summary>
    public (int FromChat, int FromWarRoom) Refused { get; init; }

    /// <summary>Everybody writes; <paramref name="disturbances"/> happen after equal shares of the messages.</summary>
    public async Task TalkAsync(params Func<Task>[] disturbances)
    {
        var all = People(SendAllAsync);
        for (var i = 0; i < disturbances.Length; i++)
        {
            await SentAsync(all.Count * Messages * (i + 1) / (disturbances.Length + 1));
            await disturbances[i]();
        }

        await Task.WhenAll(all);
        await TalkOnAsync();
    }

    /// <summary>Waits until all has arrived that will, looks once more at both sides, and counts.</summary>
    public async Task AccountAsync()
    {
        try
        {
            await harness.WarRoomAsync(lines => Count(_fromChat, lines).Lost <= Refused.FromChat, Investigation);
            await harness.ChatAsync(_channel, lines => Count(_fromWarRoom, lines).Lost <= Refused.FromWarRoom);
            await harness.Service.SynchronizeAsync(null, harness.Token);
        }
        catch (OperationCanceledException) when (harness.Token.IsCancellationRequested)
        {
            output.WriteLine("The deadline has passed.");
        }

        var toWarRoom = Without(Refused.FromChat, Count(_fromChat, harness.MirroredInWarRoom(Investigation)));
        var toChat = Without(
            Refused.FromWarRoom,
            Count(_fromWarRoom, ByArrival ? harness.ArrivedInChat() : harness.MirroredInChat(_channel))
        );
        output.WriteLine($"chat to War Room: {toWarRoom}");
        output.WriteLine($"War Room to chat: {toChat}");
        output.WriteLine($"after {_watch.Elapsed.TotalSeconds:0.0} s");
        if (Refused != (0, 0))
            output.WriteLine(
                $"refused by the other side: {Refused.FromChat} from the chat, {Refused.FromWarRoom} from the War Room"
            );
        if (toWarRoom.Lost > 0 || toChat.Lost > 0)
            Explain();
        Assert.Equal((0, 0, 0), (toWarRoom.Lost, toWarRoom.Doubled, toWarRoom.OutOfOrder));
        Assert.Equal((0, 0, 0), (toChat.Lost, toChat.Doubled, toChat.OutOfOrder));
    }

    // What was refused is distinguished from what was lost; the mirror's own counters are compared where messages
    // are refused.
    private static Tally Without(int refused, Tally tally) => tally with { Lost = tally.Lost - refused };

    private static Tally Count(List<string> sent, IEnumerable<string> arrived)
    {
        lock (sent)
            return Tally.Of(sent, arrived);
    }

    // What is written while the websocket is away is read over REST and makes no frame: people go on until each fault that
    // waits for a frame has had one.
    private async Task TalkOnAsync()
    {
        for (var number = Messages; WaitsForFrames(); number++)
            await Task.WhenAll(People((person, sent, send) => SendAsync(person, number, sent, send)));
    }

    private bool WaitsForFrames() =>
        harness.Sandbox.Faults.WithoutHit.Any(fault => fault is { PathPattern: FaultScene.Frames, MayNotHappen: null });

    private List<Task> People(Func<string, List<string>, Func<string, Task>, Task> talk)
    {
        var people = ChatPeople.Select(person =>
            talk(person, _fromChat, text => Post is null ? PostAsync(person, text) : Post(person, text))
        );
        if (FromWarRoom)
            people = people.Concat(
                WarRoomPeople.Select(person => talk(person, _fromWarRoom, text => WriteAsync(person, text)))
            );
        return people.ToList();
    }

    private async Task SendAllAsync(string person, List<string> sent, Func<string, Task> send)
    {
        for (var number = 0; number < Messages; number++)
            await SendAsync(person, number, sent, send);
    }

    private async Task SendAsync(string person, int number, List<string> sent, Func<string, Task> send)
    {
        await harness.WaitsAsync(Pace);
        var text = Tally.Text(person, number);
        await send(text);
        lock (sent)
        {
            if (!(ChatIsSilent && sent == _fromChat))
                sent.Add(text);
        }

        Interlocked.Increment(ref _sent);
        _progress.Pulse();
    }

    private Task PostAsync(string person, string text)
    {
        harness.Sandbox.Mattermost.Post(person, _channel, text);
        return Task.CompletedTask;
    }

    // Nobody can write while the investigation is closed: they wait for it to be opened again.
    private async Task WriteAsync(string person, string text)
    {
        await harness.Sandbox.Xsoar.WhenAsync(
            world => world.Incidents.Any(incident => incident.Id == Investigation && !incident.IsClosed),
            harness.Token
        );
        harness.Sandbox.Xsoar.AddEntry(Investigation, person, text);
    }

    private Task SentAsync(int messages) =>
        _progress.WhenAsync(() => Volatile.Read(ref _sent) >= messages, harness.Token);

    private void Explain()
    {
        foreach (var mirror in harness.Service.GetMirrors())
            output.WriteLine(
                $"{mirror.State} ({mirror.Reason}): {mirror.Pending} pending, {mirror.Failed} failed, last error {mirror.LastError}"
            );
        output.WriteLine($"listener: {harness.Service.GetListener().State} {harness.Service.GetListener().Reason}");
        lock (harness.Log)
        {
            foreach (var record in harness.Log.TakeLast(40))
                output.WriteLine(record.ToString());
        }
    }
}
