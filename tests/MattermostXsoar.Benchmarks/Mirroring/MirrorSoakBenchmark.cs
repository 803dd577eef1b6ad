using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Whether a listener's memory grows with the lines that it carries.</summary>
/// <param name="isShort">Whether fewer lines will do.</param>
internal sealed class MirrorSoakBenchmark(bool isShort) : IBenchmark
{
    private const double Target = 1.2;
    private const int First = 5000;

    private readonly int _lines = isShort ? 10_000 : 100_000;

    public string Name => "mirror-soak";

    public string Summary => "memory over 100,000 mirrored lines; --short for 10,000";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_lines:N0} lines through one mirror, half of them each way, in portions of {SoakServer.Portion:N0}; managed memory after a full collection and what",
            "the process has of the machine's memory, after the first 5,000 and at each tenth. The sandbox runs in a process of its own.",
            "Floor: the same listener after the first 5,000 lines.");

        await using var server = await SoakServer.StartAsync();
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SayAsync("mirrored " + stage.ChannelId);
        var started = TimeProvider.System.GetTimestamp();
        (double Heap, double Set)? first = null;
        var last = Memory();
        for (var said = 0; said < _lines;)
        {
            await server.SayAsync("talk");
            said += SoakServer.Portion;
            if (said % (_lines / 10) != 0 && said != First)
                continue;
            last = Memory();
            if (said == First)
                first = last;
            report.Say($"{said,7:N0} lines", string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Heap:0.0} MB managed, {last.Set:0} MB of the machine, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, {stage.View()}"));
        }

        report.Ratio(last.Heap / first!.Value.Heap, Target, moreIsBetter: false);
    }

    private static (double Heap, double Set) Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
        return (heap, Environment.WorkingSet / 1048576.0);
    }
}
