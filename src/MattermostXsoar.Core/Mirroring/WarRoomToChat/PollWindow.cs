using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// How far back a War Room is read. While entries keep coming, each poll would read everything of the last minutes
/// again; so it mostly reads a little back, and every few seconds, and once after the last entry, as far as entries may
/// appear late. Now and then it reads as far back as edits and deletions are looked for: at the start, and after a
/// change that left no new entry. Used by one reading at a time, except the requests.
/// </summary>
internal sealed class PollWindow(MirrorOptions options, TimeProvider time)
{
    private long? _wholeAt;
    private long? _deepAt;
    private int _wholeRequested = 1;
    private int _deepRequested = 1;
    private bool _isWholeScheduled;
    private bool _isDeepScheduled;

    /// <summary>The current reading includes what may have appeared late.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The current reading looks for edits and deletions as well.</summary>
    public bool IsDeep { get; private set; }

    /// <summary>How long until a further reading is due even if nothing happens; null when none is.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            var whole = _isWholeScheduled ? Remaining(_wholeAt, options.WholeReading) : null;
            var deep = _isDeepScheduled ? Remaining(_deepAt, options.DeepReading) : null;
            return whole is null ? deep
                : deep is null || whole < deep ? whole
                : deep;
        }
    }

    /// <summary>The next reading is to be a whole one. From any thread.</summary>
    public void RequestWhole() => Interlocked.Exchange(ref _wholeRequested, 1);

    /// <summary>The next reading is to look for edits and deletions. From any thread.</summary>
    public void RequestDeep() => Interlocked.Exchange(ref _deepRequested, 1);

    /// <summary>
    /// Something changed that was not found: edits and deletions are looked for as soon as the last look is long enough
    /// ago.
    /// </summary>
    public void ScheduleDeep() => _isDeepScheduled = true;

    /// <summary>A reading begins.</summary>
    /// <returns>How far before the newest known entry it has to begin.</returns>
    public TimeSpan Begin()
    {
        IsDeep =
            Interlocked.Exchange(ref _deepRequested, 0) == 1
            || (_isDeepScheduled && Remaining(_deepAt, options.DeepReading) is not { Ticks: > 0 });
        IsWhole =
            Interlocked.Exchange(ref _wholeRequested, 0) == 1
            || IsDeep
            || Remaining(_wholeAt, options.WholeReading) is not { Ticks: > 0 };
        if (IsDeep)
            return options.EditWindow > options.WarRoomOverlap ? options.EditWindow : options.WarRoomOverlap;
        IsWhole |= options.FollowOverlap > options.WarRoomOverlap;
        return IsWhole ? options.WarRoomOverlap : options.FollowOverlap;
    }

    /// <summary>The reading that began last is done.</summary>
    public void Done()
    {
        _isWholeScheduled = !IsWhole;
        if (IsWhole)
            _wholeAt = time.GetTimestamp();
        if (!IsDeep)
            return;
        _isDeepScheduled = false;
        _deepAt = time.GetTimestamp();
    }

    /// <summary>The reading that began last failed: the next one makes up for it.</summary>
    public void Failed()
    {
        if (IsWhole)
            RequestWhole();
        if (IsDeep)
            RequestDeep();
    }

    private TimeSpan? Remaining(long? since, TimeSpan interval)
    {
        if (since is not { } at)
            return null;
        var remaining = interval - time.GetElapsedTime(at);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
