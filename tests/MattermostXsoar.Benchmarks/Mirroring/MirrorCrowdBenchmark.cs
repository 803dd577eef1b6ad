using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>A crowd that writes in one channel about as fast as a server accepts it.</summary>
/// <param name="isShort">Whether to use fewer messages.</param>
internal sealed class MirrorCrowdBenchmark(bool isShort) : IBenchmark
{
    private const int PerSecond = 200;
    private const int ServersTake = 2;
    private const double Latency = 3;
    private const double Rate = 0.9;

    private readonly int _messages = isShort ? 300 : 1000;
    private readonly int _repetitions = isShort ? 1 : 3;

    public string Name => "mirror-crowd";

    public string Summary => "1,000 messages in the chat at 200 per second: until in the War Room; --short for 300";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_messages:N0} messages in one channel, {PerSecond} a second: the median time until a message is in the "
                + "War Room, and how many arrive per second, through a MirrorService with its listener connected, "
                + $"default options and its store on disk. Each call to XSOAR takes {ServersTake} ms.",
            "Floor: a ClientWebSocket that reads frames and one HttpClient that POSTs the same bodies one after the "
                + "other. The sandbox runs in a process of its own.",
            $"{_repetitions} repetitions in turns, after one of warm-up."
        );
        await using var server = await SoakServer.StartAsync(ServersTake);
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SendAsync("mirrored " + stage.ChannelId);
        var floor = (await server.SendAsync("floor")).Split(' ');
        Samples bare = new(),
            mirror = new(),
            bareRate = new(),
            mirrorRate = new();
        for (var i = -1; i < _repetitions; i++)
        {
            (double P50, double Rate) floorFigures;
            await using (await RawBridge.StartAsync(server.Address, floor[0], floor[1]))
                floorFigures = await MeasureAsync(server, floor[0], floor[1]);
            var figures = await MeasureAsync(server, stage.ChannelId, server.Address.InvestigationId);
            if (i < 0)
                continue;
            bare.Add(floorFigures.P50);
            bareRate.Add(floorFigures.Rate);
            mirror.Add(figures.P50);
            mirrorRate.Add(figures.Rate);
        }

        report.Table(
            "ms, messages/s",
            ("floor p50", bare),
            ("mirror p50", mirror),
            ("floor rate", bareRate),
            ("mirror rate", mirrorRate)
        );
        report.Ratio(mirror.Median / bare.Median, Latency, moreIsBetter: false, "p50");
        report.Ratio(mirrorRate.Median / bareRate.Median, Rate, moreIsBetter: true, "messages per second");
    }

    private async Task<(double P50, double Rate)> MeasureAsync(
        SoakServer server,
        string channelId,
        string investigationId
    )
    {
        var figures = (
            await server.SendAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pace {channelId} {investigationId} {_messages} {PerSecond}"
                )
            )
        ).Split(' ');
        return (
            double.Parse(figures[0], CultureInfo.InvariantCulture),
            double.Parse(figures[1], CultureInfo.InvariantCulture)
        );
    }
}
