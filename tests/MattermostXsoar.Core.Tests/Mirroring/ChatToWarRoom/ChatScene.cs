using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Outbox;
using MattermostXsoar.Core.Tests.State;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

/// <summary>
/// The chat side of one mirror, reading a scripted channel. What it records stays in the store, in its order. When the
/// mirror began, the channel had one post, <c>anchor</c>.
/// </summary>
internal sealed class ChatScene : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <param name="direction">Which way the mirror goes.</param>
    public ChatScene(MirrorDirection direction = MirrorDirection.Both)
    {
        Time = new PassingTime(TestMirror.Start.AddHours(1), Journal);
        var record = StateStoreTests.Mirror() with
        {
            Direction = direction,
            ChatAnchorId = "anchor",
            ChatAnchorAt = ScriptedChannel.At(0),
        };
        Mirror = new TestMirror(Time, record, [Seen("anchor", 0)]);
        Channel = new ScriptedChannel(Mirror.Record);
        Channel.Add("anchor", 0);
        Worker = new DeliveryWorker(
            Mirror.Store,
            Mirror.Runtime,
            Mirror.Health,
            DeliveryDirection.ChatToWarRoom,
            new ScriptedSink(Journal)
        );
        Source = new ChatSource(
            Channel.Access,
            Mirror.Store,
            Mirror.Runtime,
            Mirror.Health,
            Worker,
            [],
            () => LookupStart()
        );
    }

    public Journal Journal { get; } = new();

    public PassingTime Time { get; }

    public TestMirror Mirror { get; }

    public ScriptedChannel Channel { get; }

    public DeliveryWorker Worker { get; }

    public ChatSource Source { get; }

    /// <summary>Asked before each recording; a test may throw here.</summary>
    public Func<LookupStart> LookupStart { get; set; } = () => Core.State.LookupStart.Beginning;

    /// <summary>What was recorded, in its order.</summary>
    public IEnumerable<string> Recorded => Mirror.Waiting(DeliveryDirection.ChatToWarRoom);

    /// <summary>A post that was there before the mirror began.</summary>
    public static DeliveryRecord Seen(string postId, double seconds) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = postId,
            SourceAt = ScriptedChannel.At(seconds),
        };

    public void Start() => _running = Source.RunAsync(_stopping.Token);

    /// <summary>Has the channel read, and waits for it; takes what waits in the queue first, as the running source
    /// does.</summary>
    public Task CatchUpAsync() => Source.WhenReadAsync(Source.NoteGap(), _stopping.Token).InTime();

    public void Offer(MattermostPost post, PostEventKind kind = PostEventKind.Created) =>
        Source.Offer(new PostEvent(kind, post));

    public async ValueTask DisposeAsync()
    {
        Time.Freeze();
        await _stopping.CancelAsync();
        await Task.WhenAny(_running).InTime();
        Mirror.Dispose();
        await Channel.DisposeAsync();
        _stopping.Dispose();
    }
}
