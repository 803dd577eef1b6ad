using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// A clock on which each wait passes at once and is written down as <c>wait 0.75</c> (seconds), so that a test sees how
/// long was waited, and between what.
/// </summary>
/// <param name="start">What it shows at first.</param>
/// <param name="journal">Where the waits are written.</param>
/// <param name="unnoted">A wait of this length is not written down.</param>
internal sealed class PassingTime(DateTimeOffset start, Journal journal, TimeSpan unnoted = default)
    : FakeTimeProvider(start)
{
    private volatile bool _isFrozen;

    /// <summary>From now on no wait passes until the test moves the clock.</summary>
    public void Freeze() => _isFrozen = true;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= TimeSpan.Zero)
            return timer;
        if (dueTime != unnoted)
            journal.Add(string.Create(CultureInfo.InvariantCulture, $"wait {dueTime.TotalSeconds:0.###}"));
        if (!_isFrozen)
            Task.Run(() => Advance(dueTime));
        return timer;
    }
}
