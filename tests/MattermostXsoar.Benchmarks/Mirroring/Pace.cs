namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Does something at an even rate.</summary>
internal static class Pace
{
    public static async Task KeepAsync(int count, int perSecond, Action<int> act)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - TimeProvider.System.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, TimeProvider.System);
            act(i);
        }
    }
}
