using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>Entries as a War Room gives them, for tests that need no server.</summary>
internal static class TestEntries
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="id">Its id.</param>
    /// <param name="seconds">When it was written, in seconds after <see cref="Start"/>.</param>
    public static XsoarEntry At(string id, double seconds) => At(id, Start.AddSeconds(seconds));

    public static XsoarEntry At(string id, DateTimeOffset created) =>
        new()
        {
            Id = id,
            Created = created,
            Modified = created,
            Version = 1,
        };

    /// <summary>An entry of which the server gives no time.</summary>
    public static XsoarEntry Timeless(string id) => At(id, DateTimeOffset.MinValue);

    public static IEnumerable<string> Ids(IEnumerable<XsoarEntry> entries) => entries.Select(entry => entry.Id);
}
