namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>Whether the search for incidents shows that an entry was added to a War Room.</summary>
internal enum SearchReliability
{
    /// <summary>Nothing was found yet that proves either.</summary>
    Unknown,

    /// <summary>It showed a change, and an entry was found.</summary>
    Reliable,

    /// <summary>An entry was found, and it showed no change.</summary>
    Unreliable,
}
