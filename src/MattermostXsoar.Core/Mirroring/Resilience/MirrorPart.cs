namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// The parts of a mirror that report their health. A mirror is paused while any of them is.
/// </summary>
internal enum MirrorPart
{
    /// <summary>The channel: that it exists, is not archived, and has the bot as a member.</summary>
    Channel,

    /// <summary>Closing and reopening with the investigation.</summary>
    Investigation,

    /// <summary>The search for changed investigations, which serves all mirrors.</summary>
    IncidentSearch,

    /// <summary>Reading and recording what is posted in the channel.</summary>
    ChatSource,

    /// <summary>Reading and recording the War Room's entries.</summary>
    WarRoomSource,

    /// <summary>Delivery into the War Room.</summary>
    ChatToWarRoom,

    /// <summary>Delivery into the channel.</summary>
    WarRoomToChat,

    /// <summary>The worker as a whole.</summary>
    Worker,

    /// <summary>
    /// What held the mirror up when an earlier process ended; it is shown until the first report of any part.
    /// </summary>
    EarlierProcess,
}
