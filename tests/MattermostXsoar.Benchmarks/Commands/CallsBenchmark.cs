using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>Many single calls from a script.</summary>
internal sealed class CallsBenchmark : IBenchmark
{
    private const int Calls = 200;
    private const int WarmUp = 10;
    private const int Repetitions = 5;
    private const int LoopsPerRepetition = 10;
    private const double Target = 1.15;

    // It answers within 80 microseconds: mostly the cmdlet's own work is measured.
    private const double BareTarget = 2;
    private const int Delay = 1;

    public string Name => "calls";

    public string Summary =>
        "200 times Get-MattermostTeam -Name in a loop, against .NET's HttpClient in the same engine";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Time of {Calls} 'Get-MattermostTeam -Name' in a loop, in a real engine with the staged module. The sandbox "
                + "runs in a process of its own.",
            $"Floor: {Calls} HttpClient.GetByteArrayAsync of the same address in a loop of the same engine, each waited "
                + "for and parsed by System.Text.Json.",
            "Once where the server takes a millisecond, as a real one does (1.3 ms measured of 5.37), and once of the bare "
                + "sandbox.",
            $"{Repetitions} repetitions, each the least of {LoopsPerRepetition} loops, floor and cmdlet in turns, after "
                + $"{WarmUp} of warm-up."
        );
        await MeasureAsync(report, "of a server that takes a millisecond", Delay, Target);
        await MeasureAsync(report, "of the bare sandbox", 0, BareTarget);
    }

    private static async Task MeasureAsync(Report report, string part, int delay, double target)
    {
        await using var server = await ServerProcess.StartAsync(0, delay);
        using var engine = CommandEngine.Connect(server);
        engine.Set("token", server.PersonalToken);
        engine.Run(
            """
            $http = [System.Net.Http.HttpClient]::new([System.Net.Http.SocketsHttpHandler]@{ UseProxy = $false; UseCookies = $false })
            $http.DefaultRequestHeaders.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $token)
            $address = [uri]::new($uri, "/api/v4/teams/name/$team")
            """
        );
        var floor =
            $"for ($i = 0; $i -lt {Calls}; $i++) {{ "
            + "$null = [System.Text.Json.JsonDocument]::Parse($http.GetStringAsync($address).GetAwaiter().GetResult()) }";
        var cmdlet = $"for ($i = 0; $i -lt {Calls}; $i++) {{ $null = Get-MattermostTeam -Name $team }}";
        Measure(engine, floor, cmdlet, WarmUp);
        Samples floors = new(),
            cmdlets = new();
        for (var i = 0; i < Repetitions; i++)
        {
            var (raw, ours) = Measure(engine, floor, cmdlet, LoopsPerRepetition);
            floors.Add(raw.Minimum);
            cmdlets.Add(ours.Minimum);
        }

        report.Table("ms", ("floor", floors), ("cmdlet", cmdlets));
        report.Ratio(cmdlets.Median / floors.Median, target, moreIsBetter: false, part);
    }

    // In turns, so that other load of the machine affects both.
    private static (Samples Floor, Samples Cmdlet) Measure(CommandEngine engine, string floor, string cmdlet, int loops)
    {
        Samples floors = new(),
            cmdlets = new();
        for (var i = 0; i < loops; i++)
        {
            floors.Add(Time(engine, floor));
            cmdlets.Add(Time(engine, cmdlet));
        }

        return (floors, cmdlets);
    }

    private static double Time(CommandEngine engine, string script)
    {
        var started = TimeProvider.System.GetTimestamp();
        engine.Run(script);
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }
}
