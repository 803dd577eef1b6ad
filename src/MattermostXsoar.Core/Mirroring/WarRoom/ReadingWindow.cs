namespace MattermostXsoar.Core.Mirroring.WarRoom;

/// <summary>
/// How far back a War Room is read. While lines come, each poll would read everything of the last minutes again; so it
/// mostly reads a little back, and every few seconds, and once after the last line, as far as entries may appear late.
/// Used by one reading at a time, except <see cref="AskWhole"/>.
/// </summary>
internal sealed class ReadingWindow(MirrorOptions options, TimeProvider time)
{
    private long? _wholeAt;
    private int _asked = 1;
    private bool _isWhole;
    private bool _owesWhole;

    /// <summary>How long until a whole reading is due although nothing may happen; null when the last one was whole.</summary>
    public TimeSpan? WholeDueIn
    {
        get
        {
            if (!_owesWhole || _wholeAt is not { } at)
                return null;
            var left = options.WholeReading - time.GetElapsedTime(at);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The next reading is to be a whole one. From any thread.</summary>
    public void AskWhole() => Interlocked.Exchange(ref _asked, 1);

    /// <summary>A reading begins.</summary>
    /// <returns>How far before the newest known entry it has to begin.</returns>
    public TimeSpan Begin()
    {
        _isWhole = Interlocked.Exchange(ref _asked, 0) == 1 || _wholeAt is not { } at || time.GetElapsedTime(at) >= options.WholeReading;
        return _isWhole || options.FollowOverlap > options.WarRoomOverlap ? options.WarRoomOverlap : options.FollowOverlap;
    }

    /// <summary>The reading that began last is done.</summary>
    public void Done()
    {
        _owesWhole = !_isWhole;
        if (_isWhole)
            _wholeAt = time.GetTimestamp();
    }

    /// <summary>The reading that began last failed: the next one makes up for it.</summary>
    public void Failed()
    {
        if (_isWhole)
            AskWhole();
    }
}
