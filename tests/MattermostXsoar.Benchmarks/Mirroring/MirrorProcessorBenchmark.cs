using System.Diagnostics;
using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The processor time of a listener while people write at the pace of a busy incident.</summary>
/// <param name="isShort">Whether to use fewer messages.</param>
internal sealed class MirrorProcessorBenchmark(bool isShort) : IBenchmark
{
    private const int PerSecond = 20;
    private const int Repetitions = 3;

    // Of what was measured with real servers: 1.5 ms a message where the bare listener takes 0.68 (issue 14).
    private const double Target = 2.2;

    private readonly int _messages = isShort ? 60 : 400;
    private readonly int _warmUp = isShort ? 200 : 1000;

    public string Name => "mirror-cpu";

    public string Summary => "processor time for each message at 20 messages per second; --short for fewer";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Processor time of this process for each of {_messages} messages in the chat, {PerSecond} a second, until "
                + "all are in the War Room: a MirrorService with its listener connected, default options and its "
                + "store on disk. The sandbox runs in a process of its own.",
            "Floor: a ClientWebSocket that reads frames and finds the post, and one HttpClient POST of the same body, "
                + "in this process as well.",
            $"{Repetitions} repetitions in turns, after {_warmUp} messages of warm-up each at ten times the pace. The "
                + "time while nothing is written is not subtracted."
        );
        await using var server = await SoakServer.StartAsync();
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SendAsync("mirrored " + stage.ChannelId);
        var floor = (await server.SendAsync("floor")).Split(' ');
        Samples bare = new(),
            mirror = new();
        for (var i = -1; i < Repetitions; i++)
        {
            double bareTime;
            await using (await RawBridge.StartAsync(server.Address, floor[0], floor[1]))
                bareTime = await MeasureAsync(server, floor[0], floor[1], i < 0);
            var mirrorTime = await MeasureAsync(server, stage.ChannelId, server.Address.InvestigationId, i < 0);
            if (i < 0)
                continue;
            bare.Add(bareTime);
            mirror.Add(mirrorTime);
        }

        report.Table("ms/message", ("floor", bare), ("mirror", mirror));
        report.Ratio(mirror.Median / bare.Median, Target, moreIsBetter: false);
    }

    private async Task<double> MeasureAsync(SoakServer server, string channelId, string investigationId, bool isWarmUp)
    {
        var (count, rate) = isWarmUp ? (_warmUp, 10 * PerSecond) : (_messages, PerSecond);
        var before = Processor();
        await server.SendAsync(
            string.Create(CultureInfo.InvariantCulture, $"pace {channelId} {investigationId} {count} {rate}")
        );
        return (Processor() - before).TotalMilliseconds / count;
    }

    private static TimeSpan Processor()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
