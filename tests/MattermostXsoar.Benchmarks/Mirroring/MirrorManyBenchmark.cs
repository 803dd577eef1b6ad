using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Many mirrors at once against a slow War Room.</summary>
/// <param name="isShort">Whether one repetition is enough, to show that they run in parallel.</param>
internal sealed class MirrorManyBenchmark(bool isShort) : IBenchmark
{
    private const int Mirrors = 16;
    private const double Target = 12;
    private static readonly TimeSpan WarRoom = TimeSpan.FromMilliseconds(20);

    private readonly int _repetitions = isShort ? 1 : 5;
    private readonly int _messages = isShort ? 40 : 100;

    public string Name => "mirror-many";

    public string Summary =>
        "16 mirrors at once against a War Room that takes 20 ms per call; --short for one repetition";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Messages per second from the chat into the War Room, {_messages} posted at once in each mirror, until "
                + "the last has arrived, through a MirrorService with its listener connected, default options and "
                + "its store on disk.",
            $"Each XSOAR call takes {WarRoom.TotalMilliseconds} ms before it is handled.",
            $"Floor: one mirror. Compared with {Mirrors} at once, in turns. The sandbox runs in this process.",
            $"{_repetitions} repetitions, after one of warm-up."
        );

        await using var stage = await MirrorStage.StartAsync(WarRoom);
        var mirrors = new List<MattermostMirror>();
        for (var i = 0; i < Mirrors; i++)
            mirrors.Add(await stage.MirrorAsync());
        Samples one = new(),
            many = new();
        for (var i = 0; i <= _repetitions; i++)
        {
            var (alone, together) = (await PostAsync(stage, mirrors.Take(1).ToList()), await PostAsync(stage, mirrors));
            if (i == 0)
                continue;
            one.Add(alone);
            many.Add(together);
        }

        report.Table("messages/s", ("one mirror", one), ($"{Mirrors} at once", many));
        report.Print(
            "20 ms and nothing else",
            string.Create(CultureInfo.InvariantCulture, $"{1 / WarRoom.TotalSeconds:0} messages/s in one mirror")
        );
        report.Ratio(many.Median / one.Median, Target, moreIsBetter: true);
    }

    private async Task<double> PostAsync(MirrorStage stage, List<MattermostMirror> mirrors)
    {
        var wanted = mirrors.ToDictionary(
            mirror => mirror.InvestigationId,
            mirror => stage.Sandbox.Xsoar.Entries(mirror.InvestigationId).Count + _messages
        );
        var started = stage.Clock.GetUtcNow();
        for (var i = 0; i < _messages; i++)
        {
            foreach (var mirror in mirrors)
                stage.Sandbox.Mattermost.Post(
                    MirrorStage.Person,
                    mirror.ChannelId,
                    $"Message {i}: the mail gateway has quarantined a message."
                );
        }

        while (wanted.Any(mirror => stage.Sandbox.Xsoar.Entries(mirror.Key).Count < mirror.Value))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var last = wanted.Max(mirror => stage.Sandbox.Xsoar.Entries(mirror.Key)[mirror.Value - 1].Created);
        return mirrors.Count * _messages / (last - started).TotalSeconds;
    }
}
