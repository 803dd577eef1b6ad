using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>From the reading of a War Room to the posts in the channel, while people write there.</summary>
/// <param name="isShort">Whether to use fewer messages.</param>
internal sealed class MirrorOutBenchmark(bool isShort) : IBenchmark
{
    private const int PerSecond = 20;
    private const int ServersTake = 4;

    // In ms, where a post takes about 4 (issue 14).
    private const double Target = 10;

    private readonly int _entries = isShort ? 60 : 400;
    private readonly int _repetitions = isShort ? 1 : 3;

    public string Name => "mirror-out";

    public string Summary => "an entry that was read until it is in the channel, at 20 per second; --short for fewer";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_entries} entries in one War Room, {PerSecond} a second: the median time from the answer in which the "
                + "mirror first sees an entry until its post is in the channel, and from the entry itself. A "
                + "MirrorService with its listener connected, default options and its store on disk.",
            $"Floor: what a call takes that creates a post, {ServersTake} ms. The sandbox runs in a process of its own.",
            $"{_repetitions} repetitions, after one of warm-up. The ratio is to {Target} ms."
        );
        await using var server = await SoakServer.StartAsync(ServersTake);
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SendAsync("mirrored " + stage.ChannelId);
        Samples read = new(),
            written = new();
        for (var i = -1; i < _repetitions; i++)
        {
            var figures = (
                await server.SendAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"pace-room {stage.ChannelId} {server.Address.InvestigationId} {_entries} {PerSecond}"
                    )
                )
            ).Split(' ');
            if (i < 0)
                continue;
            read.Add(double.Parse(figures[0], CultureInfo.InvariantCulture));
            written.Add(double.Parse(figures[1], CultureInfo.InvariantCulture));
        }

        report.Table("ms", ("after reading", read), ("after writing", written));
        report.Ratio(read.Median / Target, 1, moreIsBetter: false, "p50 after reading over 10 ms");
    }
}
