namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// How many entries a server is known to put into one answer: as many as it ever did. The limit is the server's, so all
/// mirrors share what one of them learns. Safe from any thread.
/// </summary>
internal sealed class WarRoomPageLimit
{
    // No server is expected to return less. A higher number would save small War Rooms a further request at each
    // reading, but miss what a server with a lower limit cuts off.
    private const int Lowest = 5;

    private int _longest = Lowest;

    /// <summary>Whether an answer of that length may be incomplete.</summary>
    public bool MayCut(int length) => length >= Volatile.Read(ref _longest);

    /// <summary>An answer of that length was received.</summary>
    public void Learn(int length)
    {
        int known;
        while (
            length > (known = Volatile.Read(ref _longest))
            && Interlocked.CompareExchange(ref _longest, length, known) != known
        ) { }
    }
}
