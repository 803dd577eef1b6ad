namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>A type of one room that uses a type of another.</summary>
/// <param name="Room">The room, as its row in docs/architecture.md calls it: <c>Mirroring/Outbox</c>.</param>
/// <param name="User">The name of the type that uses the other, or the path of the file whose using directive names the
/// room.</param>
/// <param name="UsedRoom">The room that is used.</param>
/// <param name="Used">The name of the type that is used, or the using directive.</param>
internal sealed record RoomUse(string Room, string User, string UsedRoom, string Used)
{
    public override string ToString() => $"{User} ({Room}) uses {Used} ({UsedRoom})";
}
