namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>
/// The events that log records are about. Filters and alarms match on these names, so none is renamed or given a second
/// meaning; docs/operations.md lists them.
/// </summary>
internal static class ListenerLogEvents
{
    // The listener; its states are those of ListenerState.
    public const string Started = nameof(Started);
    public const string Connecting = nameof(Connecting);
    public const string Connected = nameof(Connected);
    public const string CatchingUp = nameof(CatchingUp);
    public const string Reconnecting = nameof(Reconnecting);
    public const string Stopping = nameof(Stopping);
    public const string Stopped = nameof(Stopped);
    public const string Failed = nameof(Failed);
    public const string EventGap = nameof(EventGap);
    public const string AnswerUnreadable = nameof(AnswerUnreadable);
    public const string OtherListenerActive = nameof(OtherListenerActive);
    public const string PartFailed = nameof(PartFailed);
    public const string LogRecordsDropped = nameof(LogRecordsDropped);

    // Messages to the bot.
    public const string MessageAnswered = nameof(MessageAnswered);
    public const string MessageFailed = nameof(MessageFailed);
    public const string MessageReadFailed = nameof(MessageReadFailed);
    public const string ReplyFailed = nameof(ReplyFailed);

    // A mirror.
    public const string MirrorStarted = nameof(MirrorStarted);
    public const string MirrorChanged = nameof(MirrorChanged);
    public const string MirrorStopped = nameof(MirrorStopped);
    public const string MirrorStopIncomplete = nameof(MirrorStopIncomplete);
    public const string MirrorPaused = nameof(MirrorPaused);
    public const string MirrorResumed = nameof(MirrorResumed);
    public const string MirrorClosing = nameof(MirrorClosing);
    public const string MirrorClosed = nameof(MirrorClosed);
    public const string MirrorReopened = nameof(MirrorReopened);
    public const string MirrorStateWriteFailed = nameof(MirrorStateWriteFailed);
    public const string CaughtUp = nameof(CaughtUp);
    public const string AlreadyDelivered = nameof(AlreadyDelivered);
    public const string RetryRequested = nameof(RetryRequested);
    public const string Retrying = nameof(Retrying);
    public const string Recovered = nameof(Recovered);
    public const string UnexpectedError = nameof(UnexpectedError);
    public const string ChatQueueFull = nameof(ChatQueueFull);
    public const string ChannelNameTaken = nameof(ChannelNameTaken);
    public const string MirroredElsewhere = nameof(MirroredElsewhere);
    public const string ChannelShared = nameof(ChannelShared);
    public const string ChannelRenamedByMirror = nameof(ChannelRenamedByMirror);
    public const string ChannelMoved = nameof(ChannelMoved);
    public const string ChannelRenamedByUser = nameof(ChannelRenamedByUser);
    public const string ChannelNameUpdateFailed = nameof(ChannelNameUpdateFailed);
    public const string ChannelArchived = nameof(ChannelArchived);
    public const string ChannelCheckFailed = nameof(ChannelCheckFailed);
    public const string BotAdded = nameof(BotAdded);
    public const string BotRejoined = nameof(BotRejoined);
    public const string PostReplaced = nameof(PostReplaced);
    public const string EntryIdReused = nameof(EntryIdReused);
    public const string IncidentSearchFailed = nameof(IncidentSearchFailed);
    public const string IncidentSearchUnreliable = nameof(IncidentSearchUnreliable);
    public const string StoreReadFailed = nameof(StoreReadFailed);
    public const string StoreWriteFailed = nameof(StoreWriteFailed);
    public const string DeliveryFailed = nameof(DeliveryFailed);

    // A question.
    public const string QuestionAnswered = nameof(QuestionAnswered);
    public const string QuestionExpired = nameof(QuestionExpired);
    public const string QuestionLost = nameof(QuestionLost);
    public const string QuestionRetried = nameof(QuestionRetried);
    public const string QuestionWithoutReactions = nameof(QuestionWithoutReactions);
    public const string AnswerRefused = nameof(AnswerRefused);

    // A single delivery, reading or try.
    public const string DeliveryRecorded = nameof(DeliveryRecorded);
    public const string Delivered = nameof(Delivered);
    public const string DeliverySkipped = nameof(DeliverySkipped);
    public const string DeliveryLookedUp = nameof(DeliveryLookedUp);
    public const string DeliveryRetried = nameof(DeliveryRetried);
    public const string WarRoomRead = nameof(WarRoomRead);
}
