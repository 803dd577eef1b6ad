namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// How many entries a server is known to put into one answer: as many as it ever did. It is the server's, so what one
/// mirror learns serves all. Safe from any thread.
/// </summary>
internal sealed class WarRoomPageLimit
{
    // No server is thought to give less. A higher number would save young War Rooms a look for more behind each
    // reading, but pass over what a server with a lower limit cuts off.
    private const int Lowest = 5;

    private int _longest = Lowest;

    /// <summary>Whether an answer of that length may have been cut.</summary>
    public bool MayCut(int length) => length >= Volatile.Read(ref _longest);

    /// <summary>An answer of that length came.</summary>
    public void Learn(int length)
    {
        int known;
        while (
            length > (known = Volatile.Read(ref _longest))
            && Interlocked.CompareExchange(ref _longest, length, known) != known
        ) { }
    }
}
