namespace MattermostXsoar.Core.Mirroring;

/// <summary>
/// What a log record can tell of. Filters and alarms match on these words, so none is renamed or given a second meaning;
/// docs/operations.md lists them.
/// </summary>
internal static class ListenerLogEvents
{
    // The listener.
    public const string Started = nameof(Started);
    public const string Connecting = nameof(Connecting);
    public const string Connected = nameof(Connected);
    public const string CatchingUp = nameof(CatchingUp);
    public const string Reconnecting = nameof(Reconnecting);
    public const string Stopping = nameof(Stopping);
    public const string Stopped = nameof(Stopped);
    public const string Failed = nameof(Failed);
    public const string Gap = nameof(Gap);
    public const string HandedOver = nameof(HandedOver);
    public const string NotFinished = nameof(NotFinished);
    public const string LogTooSlow = nameof(LogTooSlow);

    // A mirror.
    public const string MirrorStarted = nameof(MirrorStarted);
    public const string MirrorChanged = nameof(MirrorChanged);
    public const string MirrorStopped = nameof(MirrorStopped);
    public const string MirrorActive = nameof(MirrorActive);
    public const string MirrorPaused = nameof(MirrorPaused);
    public const string MirrorClosing = nameof(MirrorClosing);
    public const string MirrorClosed = nameof(MirrorClosed);
    public const string MirrorReopened = nameof(MirrorReopened);
    public const string CaughtUp = nameof(CaughtUp);
    public const string FoundArrived = nameof(FoundArrived);
    public const string RetryAsked = nameof(RetryAsked);
    public const string Retrying = nameof(Retrying);
    public const string Recovered = nameof(Recovered);
    public const string Unforeseen = nameof(Unforeseen);
    public const string QueueFull = nameof(QueueFull);
    public const string ChannelRenamed = nameof(ChannelRenamed);
    public const string ChannelNameChanged = nameof(ChannelNameChanged);
    public const string ChannelArchived = nameof(ChannelArchived);
    public const string BotAddedAgain = nameof(BotAddedAgain);
    public const string SearchFailed = nameof(SearchFailed);
    public const string SearchNotBelieved = nameof(SearchNotBelieved);
    public const string NotCompared = nameof(NotCompared);
    public const string NameNotTaken = nameof(NameNotTaken);
    public const string StateNotStored = nameof(StateNotStored);
    public const string StoreNotRead = nameof(StoreNotRead);
    public const string StoreNotWritten = nameof(StoreNotWritten);
    public const string DeliveryFailed = nameof(DeliveryFailed);

    // A single line, reading or try.
    public const string LineRecorded = nameof(LineRecorded);
    public const string LineDelivered = nameof(LineDelivered);
    public const string LineSkipped = nameof(LineSkipped);
    public const string LineLookedUp = nameof(LineLookedUp);
    public const string TryFailed = nameof(TryFailed);
    public const string WarRoomRead = nameof(WarRoomRead);
}
