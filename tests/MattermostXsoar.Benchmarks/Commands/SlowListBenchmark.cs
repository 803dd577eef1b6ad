using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>Listing all users of a server that takes a while for each page.</summary>
internal sealed class SlowListBenchmark : IBenchmark
{
    private const int Users = 2000;
    private const int Delay = 10;
    private const int WarmUp = 5;
    private const int Repetitions = 5;
    private const int ListingsPerRepetition = 10;
    private const double Target = 0.7;

    public string Name => "list-slow";

    public string Summary => "Get-MattermostUser -All of 2,000 users where each page takes 10 ms";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Time of '{ListBenchmark.List}' of a server with {Users:N0} users that takes {Delay} ms for each answer, in a real engine "
                + "with the staged module. The sandbox runs in a process of its own.",
            "Floor: raw HttpClient and System.Text.Json in this process, the same pages in sequence, into the same "
                + "objects. With -All pages are read ahead, so the target is below 1.",
            $"{Repetitions} repetitions, each the least of {ListingsPerRepetition} listings, floor and cmdlet in turns, "
                + $"after {WarmUp} of warm-up."
        );
        await using var server = await ServerProcess.StartAsync(Users, Delay);
        using var floor = new PlainClient(server);
        using var engine = CommandEngine.Connect(server);
        await ListBenchmark.MeasureAsync(floor, engine, WarmUp);
        Samples floors = new(),
            cmdlets = new();
        for (var i = 0; i < Repetitions; i++)
        {
            var (raw, cmdlet, _) = await ListBenchmark.MeasureAsync(floor, engine, ListingsPerRepetition);
            floors.Add(raw.Minimum);
            cmdlets.Add(cmdlet.Minimum);
        }

        report.Table("ms", ("floor", floors), ("cmdlet", cmdlets));
        report.Ratio(cmdlets.Median / floors.Median, Target, moreIsBetter: false);
    }
}
