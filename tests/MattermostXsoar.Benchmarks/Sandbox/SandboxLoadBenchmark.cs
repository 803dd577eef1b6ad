using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>Whether the sandbox handles a load without growing, and its cost compared with a server that does
/// nothing.</summary>
/// <param name="time">How long the sandbox is loaded; the floor is for a quarter of it.</param>
internal sealed class SandboxLoadBenchmark(TimeSpan time) : IBenchmark
{
    private const int Clients = 200;
    private const int Channels = 20;
    private const int Listeners = Clients / Channels;
    private const int Rate = 500;
    private const int AtOnce = 32;

    // The capacities of the program; filled before the measurement, so that only unlimited growth is seen.
    private const int CallCapacity = 10_000;
    private const int PostCapacity = 20_000;
    private const int Filling = PostCapacity + (PostCapacity / 10) + 1;

    public string Name => "sandbox-load";

    public string Summary =>
        "the sandbox under 200 clients and 500 posts per second; --seconds N for the duration (60)";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{Clients} clients, each with a websocket and a token of its own, {Listeners} in a channel, post {Rate} "
                + $"messages per second over REST for {time.TotalSeconds:0} s; each message is sent to the websockets "
                + "of its channel.",
            "Each post has its time: one that starts late counts as late.",
            "Floor: a bare Kestrel in the same process that answers each post with a fixed text and sends a fixed "
                + "frame to the same websockets. Both servers and all clients share this machine's processors.",
            $"Memory is what is in use after a full collection, with the sandbox's record of {CallCapacity:N0} calls "
                + $"and its {PostCapacity:N0} posts, as the program keeps them, full at the start."
        );

        var (bareFlatOut, bare) = await LoadBareAsync();
        var options = new SandboxOptions
        {
            CallCapacity = CallCapacity,
            CallBodyCapacity = 16 * 1024 * 1024,
            PostCapacity = PostCapacity,
        };
        await using var sandbox = await SandboxServer.StartAsync(options);
        using var run = new LoadRun(Target(sandbox));
        var flatOut = await run.FlatOutAsync(Filling, AtOnce);
        await run.SteadyAsync(Rate, Warmup, Listeners);
        var before = Memory();
        var figures = await run.SteadyAsync(Rate, time, Listeners);
        var after = Memory();

        Print(report, "floor", bare);
        Print(report, "sandbox", figures);
        report.Print(
            "as fast as possible",
            string.Create(
                CultureInfo.InvariantCulture,
                $"floor {bareFlatOut.PostsPerSecond:0} posts/s, {bareFlatOut.ProcessorPerPost.TotalMicroseconds:0} µs "
                    + $"of processor time each; sandbox {flatOut.PostsPerSecond:0} posts/s, "
                    + $"{flatOut.ProcessorPerPost.TotalMicroseconds:0} µs ({AtOnce} at once, no listeners, including "
                    + $"the client)"
            )
        );
        report.Print(
            "memory in use",
            string.Create(
                CultureInfo.InvariantCulture,
                $"start {before / 1048576.0:0.0} MB, end {after / 1048576.0:0.0} MB"
            )
        );
        report.Ratio(
            figures.PostsPerSecond / Rate,
            0.99,
            moreIsBetter: true,
            "posts per second, of the requested rate"
        );
        report.Ratio(
            figures.DeliveredCount / (double)(figures.AnsweredCount * Listeners),
            1,
            moreIsBetter: true,
            "delivered events, of the expected ones"
        );
        report.Ratio(figures.Cores / bare.Cores, 2, moreIsBetter: false, "processor time, of the floor's");
        // Processor time, since the rates are measured one after the other and other load of the machine affects them.
        report.Ratio(
            flatOut.ProcessorPerPost / bareFlatOut.ProcessorPerPost,
            2,
            moreIsBetter: false,
            "processor time per post at full speed, of the floor's"
        );
        report.Ratio(after / before, 1.1, moreIsBetter: false, "memory, end to start");
    }

    private TimeSpan Warmup => TimeSpan.FromSeconds(Math.Min(5, time.TotalSeconds / 2));

    private async Task<(
        (double PostsPerSecond, TimeSpan ProcessorPerPost) FlatOut,
        LoadFigures Figures
    )> LoadBareAsync()
    {
        await using var server = await BareServer.StartAsync();
        var channels = Enumerable
            .Range(0, Channels)
            .Select(static i => i.ToString("D26", CultureInfo.InvariantCulture))
            .ToArray();
        using var run = new LoadRun(
            server.Target([.. Enumerable.Range(0, Clients).Select(i => ("token", channels[i % Channels]))])
        );
        var flatOut = await run.FlatOutAsync(Filling, AtOnce);
        await run.SteadyAsync(Rate, Warmup, Listeners);
        return (flatOut, await run.SteadyAsync(Rate, time / 4, Listeners));
    }

    private static LoadTarget Target(SandboxServer sandbox)
    {
        var world = sandbox.Mattermost;
        var channels = Enumerable
            .Range(0, Channels)
            .Select(i => world.CreateChannel("admin", $"load-{i:00}", $"Load {i}", "P").Id)
            .ToArray();
        var clients = new List<(string Token, string ChannelId)>();
        for (var i = 0; i < Clients; i++)
        {
            var username = $"load{i:000}";
            world.CreateUser(username);
            world.AddToTeam(sandbox.TeamName, username);
            world.AddMember(channels[i % Channels], username);
            clients.Add((world.CreateToken(username), channels[i % Channels]));
        }
        return new LoadTarget(sandbox.MattermostUri, clients);
    }

    private static double Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Print(Report report, string what, LoadFigures it) =>
        report.Print(
            what,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{it.PostsPerSecond:0.0} posts/s, {it.DeliveredCount / it.Elapsed.TotalSeconds:0} events/s "
                    + $"({it.DeliveredCount} events, {it.RefusedCount} posts refused), post answered p50 "
                    + $"{it.Answers.Percentile(50):0.00} ms p99 {it.Answers.Percentile(99):0.0} ms, event p50 "
                    + $"{it.Events.Percentile(50):0.00} ms p99 {it.Events.Percentile(99):0.0} ms, {it.Cores:0.00} "
                    + $"processors including the clients"
            )
        );
}
