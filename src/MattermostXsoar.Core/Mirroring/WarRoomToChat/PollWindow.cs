using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// How far back a War Room is read. While lines come, each poll would read everything of the last minutes again; so it
/// mostly reads a little back, and every few seconds, and once after the last line, as far as entries may appear late.
/// Now and then it reads as far back as edits and deletions are looked for: at the start, and after a change that left
/// no new entry. Used by one reading at a time, except the asking.
/// </summary>
internal sealed class PollWindow(MirrorOptions options, TimeProvider time)
{
    private long? _wholeAt;
    private long? _deepAt;
    private int _askedWhole = 1;
    private int _askedDeep = 1;
    private bool _owesWhole;
    private bool _owesDeep;

    /// <summary>The reading that goes on takes in what may have appeared late.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The reading that goes on looks for edits and deletions as well.</summary>
    public bool IsDeep { get; private set; }

    /// <summary>How long until a further reading is due although nothing may happen; null when none is.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            var whole = _owesWhole ? Left(_wholeAt, options.WholeReading) : null;
            var deep = _owesDeep ? Left(_deepAt, options.DeepReading) : null;
            return whole is null ? deep
                : deep is null || whole < deep ? whole
                : deep;
        }
    }

    /// <summary>The next reading is to be a whole one. From any thread.</summary>
    public void AskWhole() => Interlocked.Exchange(ref _askedWhole, 1);

    /// <summary>The next reading is to look for edits and deletions. From any thread.</summary>
    public void AskDeep() => Interlocked.Exchange(ref _askedDeep, 1);

    /// <summary>Something changed that was not found: edits and deletions are looked for when the last look is long
    /// enough ago.</summary>
    public void OweDeep() => _owesDeep = true;

    /// <summary>A reading begins.</summary>
    /// <returns>How far before the newest known entry it has to begin.</returns>
    public TimeSpan Begin()
    {
        IsDeep =
            Interlocked.Exchange(ref _askedDeep, 0) == 1
            || (_owesDeep && Left(_deepAt, options.DeepReading) is not { Ticks: > 0 });
        IsWhole =
            Interlocked.Exchange(ref _askedWhole, 0) == 1
            || IsDeep
            || Left(_wholeAt, options.WholeReading) is not { Ticks: > 0 };
        if (IsDeep)
            return options.EditWindow > options.WarRoomOverlap ? options.EditWindow : options.WarRoomOverlap;
        IsWhole |= options.FollowOverlap > options.WarRoomOverlap;
        return IsWhole ? options.WarRoomOverlap : options.FollowOverlap;
    }

    /// <summary>The reading that began last is done.</summary>
    public void Done()
    {
        _owesWhole = !IsWhole;
        if (IsWhole)
            _wholeAt = time.GetTimestamp();
        if (!IsDeep)
            return;
        _owesDeep = false;
        _deepAt = time.GetTimestamp();
    }

    /// <summary>The reading that began last failed: the next one makes up for it.</summary>
    public void Failed()
    {
        if (IsWhole)
            AskWhole();
        if (IsDeep)
            AskDeep();
    }

    private TimeSpan? Left(long? since, TimeSpan interval)
    {
        if (since is not { } at)
            return null;
        var left = interval - time.GetElapsedTime(at);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
