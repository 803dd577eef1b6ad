using System.Diagnostics;

namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>Samples the memory of this process while something runs, and keeps the maximum.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private readonly long _heapBefore;
    private readonly long _processBefore;
    private long _heap;
    private long _process;

    public PeakMemory()
    {
        _heapBefore = _heap = GC.GetTotalMemory(forceFullCollection: true);
        _processBefore = _process = Environment.WorkingSet;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The largest growth of the managed heap, including garbage, in MB.</summary>
    public double HeapGrowth => Megabytes(_heap - _heapBefore);

    /// <summary>The largest growth of the process, in MB.</summary>
    public double ProcessGrowth => Megabytes(_process - _processBefore);

    public static double Megabytes(long bytes) => bytes / (1024.0 * 1024);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var own = Process.GetCurrentProcess();
        while (!_end.IsCancellationRequested)
        {
            own.Refresh();
            _heap = Math.Max(_heap, GC.GetTotalMemory(forceFullCollection: false));
            _process = Math.Max(_process, own.WorkingSet64);
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
