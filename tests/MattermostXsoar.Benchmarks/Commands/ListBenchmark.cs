using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>Listing all users of a server.</summary>
internal sealed class ListBenchmark : IBenchmark
{
    private const int Users = 2000;
    private const int ManyUsers = 10_000;
    private const int WarmUp = 15;
    private const int Repetitions = 5;
    private const int ListingsPerRepetition = 20;
    internal const string List = "Get-MattermostUser -All";

    public string Name => "list";

    public string Summary => "Get-MattermostUser -All of 2,000 users, and the memory for 10,000";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Time of '{List}' of a server with {Users:N0} users (and a few initial ones), in a real engine "
                + "(System.Management.Automation) with the staged module. The sandbox runs in a process of its own.",
            "Floor: raw HttpClient and System.Text.Json in this process, the same pages in sequence, into the same "
                + "objects.",
            "For information: the time of the engine alone for a command that passes on the same objects from a "
                + "variable.",
            "Invoke-RestMethod, the other floor of the design, is not part of the engine in the registries: it cannot "
                + "be measured here.",
            $"{Repetitions} repetitions, each the least of {ListingsPerRepetition} listings, floor and cmdlet in "
                + $"turns, after {WarmUp} of warm-up."
        );

        await using (var server = await ServerProcess.StartAsync(Users))
            await TimeAsync(report, server);
        await using (var server = await ServerProcess.StartAsync(ManyUsers))
            await WeighAsync(report, server);
    }

    private static async Task TimeAsync(Report report, ServerProcess server)
    {
        using var floor = new PlainClient(server);
        using var engine = CommandEngine.Connect(server);
        await MeasureAsync(floor, engine, WarmUp);
        Samples floors = new(),
            cmdlets = new(),
            engines = new();
        for (var i = 0; i < Repetitions; i++)
        {
            var (raw, cmdlet, alone) = await MeasureAsync(floor, engine, ListingsPerRepetition);
            floors.Add(raw.Minimum);
            cmdlets.Add(cmdlet.Minimum);
            engines.Add(alone.Minimum);
        }

        report.Table("ms", ("floor", floors), ("engine alone", engines), ("cmdlet", cmdlets));
        report.Ratio(cmdlets.Median / floors.Median, 1.15, moreIsBetter: false);
    }

    // In turns, so that other load of the machine affects both.
    internal static async Task<(Samples Floor, Samples Cmdlet, Samples Engine)> MeasureAsync(
        PlainClient floor,
        CommandEngine engine,
        int listings
    )
    {
        Samples floors = new(),
            cmdlets = new(),
            engines = new();
        engine.Run($"$ready = @({List})");
        for (var i = 0; i < listings; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var found = (await floor.ListUsersAsync()).Count;
            floors.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            started = TimeProvider.System.GetTimestamp();
            var written = engine.Run(List).Count;
            cmdlets.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            started = TimeProvider.System.GetTimestamp();
            engine.Run("$ready");
            engines.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            if (written != found || found < Users)
                throw new InvalidOperationException($"The floor read {found} users, the cmdlet wrote {written}.");
        }

        return (floors, cmdlets, engines);
    }

    private static async Task WeighAsync(Report report, ServerProcess server)
    {
        using var floor = new PlainClient(server);
        using var engine = CommandEngine.Connect(server);
        engine.Run(List + " | ForEach-Object { }");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var raw = await floor.ListUsersAsync();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(raw);
        raw = null;
        var afterFloor = GC.GetTotalMemory(forceFullCollection: true);
        engine.Run($"$all = @({List})");
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        engine.Run("$all = $null");
        var streaming = new PeakMemory();
        await using (streaming)
            engine.Run(List + " | ForEach-Object { }");
        report.Print(
            $"memory for {ManyUsers:N0} users",
            string.Create(
                CultureInfo.InvariantCulture,
                $"in a variable {PeakMemory.Megabytes(kept - afterFloor):0.0} MB (the floor's list "
                    + $"{PeakMemory.Megabytes(held - before):0.0} MB); streamed, the heap grows by at most "
                    + $"{streaming.HeapGrowth:0.0} MB, including garbage, the process by {streaming.ProcessGrowth:0.0} "
                    + $"MB"
            )
        );
    }
}
