using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Lifecycle;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// Runs one mirror: two sources that read and record, and two delivery workers, each of which does one thing at a time.
/// </summary>
internal sealed class MirrorWorker : IChatMirror, IPolledMirror
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private Task _running = Task.CompletedTask;
    private Task _ended = Task.CompletedTask;

    public MirrorWorker(MirrorContext context, MirrorRecord mirror, int? maxAttempts = null)
    {
        var (mattermost, xsoar) = (context.Mattermost, context.Xsoar);
        var (store, runtime) = (_store, _runtime) = (context.Store, context.Runtime);
        Health = new MirrorHealth(store, runtime, mirror);
        var annotations = PostAnnotations.Of(mattermost, xsoar, store, mirror);
        ChatToWarRoom = new DeliveryWorker(
            store,
            runtime,
            Health,
            DeliveryDirection.ChatToWarRoom,
            new WarRoomSink(mattermost, xsoar, store, runtime, Health, annotations),
            maxAttempts
        );
        WarRoomToChat = new DeliveryWorker(
            store,
            runtime,
            Health,
            DeliveryDirection.WarRoomToChat,
            new ChatSink(mattermost, xsoar, store, runtime, mirror),
            maxAttempts
        );
        // What was delivered without the store knowing of it came after the position that the store had at the start,
        // however far the readings are now.
        Chat = new ChatSource(
            mattermost,
            store,
            runtime,
            Health,
            ChatToWarRoom,
            annotations,
            () => LookupStart.AtTime(ChatToWarRoom.Recovery.IsOpen ? mirror.WarRoomCursor : WarRoom!.Cursor)
        );
        WarRoom = new WarRoomSource(
            xsoar,
            store,
            runtime,
            Health,
            WarRoomToChat,
            () => LookupStart.AtPost(WarRoomToChat.Recovery.IsOpen ? mirror.ChatAnchorId : Chat.AnchorId),
            () => mattermost.Bot.Settings.Known.MaxPostSize
        );
        // Who is not allowed to read may not receive events either, although the websocket stays open: what comes next
        // must not overtake what was missed.
        Health.Paused += () => Chat.NoteGap();
        Channel = new ChannelHealth(mattermost, runtime, Health);
        Closer = new MirrorCloser(
            mattermost,
            xsoar,
            store,
            runtime,
            Health,
            Channel,
            Chat,
            WarRoom,
            ChatToWarRoom,
            WarRoomToChat
        );
        Poll = new PollState(runtime.Time);
    }

    public MirrorRecord Mirror => Health.Mirror;

    public MirrorHealth Health { get; }

    public ChatSource Chat { get; }

    public WarRoomSource WarRoom { get; }

    public DeliveryWorker ChatToWarRoom { get; }

    public DeliveryWorker WarRoomToChat { get; }

    public MirrorCloser Closer { get; }

    public ChannelHealth Channel { get; }

    public PollState Poll { get; }

    public void OnIncident(XsoarIncident incident) => Closer.OnIncident(incident);

    public void OnIncidentMissing() => Closer.OnIncidentMissing();

    /// <summary>Ends only when the worker is stopped, or with an error that no part could handle.</summary>
    public Task Completion => _running;

    public void Start()
    {
        var tasks = new List<Task>
        {
            Run(() => ChatToWarRoom.RunAsync(_stopping.Token, _abort.Token)),
            Run(() => WarRoomToChat.RunAsync(_stopping.Token, _abort.Token)),
            Run(() => WarRoom.RunAsync(_stopping.Token)),
            Run(() => Closer.RunAsync(_stopping.Token)),
            Run(() => Channel.RunAsync(_stopping.Token)),
        };
        if (Mirror.MirrorsChat)
            tasks.Add(Run(() => Chat.RunAsync(_stopping.Token)));
        Chat.NoteGap();
        WarRoom.NoteChange();
        _ended = Task.WhenAll(tasks);
        _running = WhenAnyFailsAsync(tasks);
    }

    /// <summary>
    /// Has both sides read once more, and waits until everything found there has arrived or was refused.
    /// </summary>
    /// <exception cref="MattermostXsoarException">
    /// MirrorIncomplete: the mirror could not go on, although it was tried again, or was stopped meanwhile.
    /// </exception>
    public async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            var delivering = DeliverAllAsync(either.Token);
            var heldUp = WhenHeldUpAsync(either.Token);
            if (await Task.WhenAny(delivering, heldUp).ConfigureAwait(false) == heldUp)
            {
                throw new MattermostXsoarException(
                    ErrorIds.MirrorIncomplete,
                    ErrorKind.InvalidOperation,
                    $"The mirror {Health.Name} could not be completed now: {await heldUp.ConfigureAwait(false)}",
                    "What waits stays recorded and is delivered when that is over; Get-MattermostMirror shows how many "
                        + "deliveries wait."
                );
            }

            await delivering.ConfigureAwait(false);
            either.Cancel();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MattermostXsoarException(
                ErrorIds.MirrorIncomplete,
                ErrorKind.InvalidOperation,
                $"The mirror {Health.Name} was stopped before everything was delivered.",
                "What was recorded stays; it goes on when the mirror or the listener is started again."
            );
        }
    }

    // Only after a longer time than a paused mirror needs to notice that it can go on.
    private async Task<string> WhenHeldUpAsync(CancellationToken cancellationToken)
    {
        var limit = _runtime.Options.PausedRetry + _runtime.Options.PausedRetry;
        var since = _runtime.Time.GetTimestamp();
        while (true)
        {
            if (Health.CurrentIssue is not { } reason)
                since = _runtime.Time.GetTimestamp();
            else if (_runtime.Time.GetElapsedTime(since) >= limit)
                return reason;
            await _runtime.Time.Delay(_runtime.Options.ActivePoll, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeliverAllAsync(CancellationToken cancellationToken)
    {
        var chatReading = Chat.NoteGap();
        var warRoomReading = WarRoom.NoteChange(whole: true);
        await Chat.WhenReadAsync(chatReading, cancellationToken).ConfigureAwait(false);
        await WarRoom.WhenReadAsync(warRoomReading, cancellationToken).ConfigureAwait(false);
        await ChatToWarRoom
            .WhenDoneAsync(NewestPending(DeliveryDirection.ChatToWarRoom), cancellationToken)
            .ConfigureAwait(false);
        await WarRoomToChat
            .WhenDoneAsync(NewestPending(DeliveryDirection.WarRoomToChat), cancellationToken)
            .ConfigureAwait(false);
    }

    // 0 if nothing waits: number 0 counts as finished from the beginning.
    private long NewestPending(DeliveryDirection direction) => _store.NewestPendingId(Mirror.Id, direction);

    /// <summary>Lets the current delivery arrive, then ends.</summary>
    public async Task StopAsync()
    {
        _stopping.Cancel();
        await Task.WhenAny(_ended, _runtime.Time.Delay(_runtime.Options.StopGrace, CancellationToken.None))
            .ConfigureAwait(false);
        _abort.Cancel();
        // All of it: no part of a worker that failed may deliver at the same time as its successor. Completion has its
        // error.
        await Task.WhenAny(_ended).ConfigureAwait(false);
    }

    private static Task Run(Func<Task> work) =>
        Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Stopped.
            }
        });

    private static async Task WhenAnyFailsAsync(List<Task> tasks)
    {
        var open = tasks.ToList();
        while (open.Count > 0)
        {
            var ended = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(ended);
            await ended.ConfigureAwait(false);
        }
    }
}
