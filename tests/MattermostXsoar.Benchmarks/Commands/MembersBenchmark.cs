using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>Adding many users to a channel.</summary>
internal sealed class MembersBenchmark : IBenchmark
{
    private const int Members = 500;
    private const int Repetitions = 7;
    private const int WarmUp = 3;

    // As many as the cmdlet has in parallel.
    private const int AtOnce = 8;

    public string Name => "members";

    public string Summary => "Add-MattermostChannelMember of 500 users, and the calls it makes";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Time of '$names | Add-MattermostChannelMember $channel' for {Members} usernames, in a real engine with "
                + "the staged module; each time another new channel.",
            "The sandbox runs in a process of its own and counts the calls.",
            $"Floor: the {Members} necessary calls, raw, with the ids known, as many in parallel as the cmdlet has "
                + $"({AtOnce}).",
            "For information: the same calls in sequence.",
            $"{Repetitions} repetitions in turns, after {WarmUp} of warm-up."
        );

        await using var server = await ServerProcess.StartAsync(Members);
        using var floor = new PlainClient(server);
        using var engine = CommandEngine.Connect(server);
        var names = Enumerable.Range(0, Members).Select(ServerProcess.Username).ToArray();
        var ids = (await floor.ListUsersAsync())
            .Where(user => names.Contains(user.Username))
            .Select(user => user.Id)
            .ToList();
        engine.Set("names", names);

        Samples inTurn = new(),
            atOnce = new(),
            cmdlet = new();
        var calls = 0;
        for (var i = -WarmUp; i < Repetitions; i++)
        {
            var one = await TimeAsync(
                await floor.CreateChannelAsync(Channel(i, "one")),
                channel => floor.AddMembersAsync(channel, ids, 1)
            );
            var some = await TimeAsync(
                await floor.CreateChannelAsync(Channel(i, "some")),
                channel => floor.AddMembersAsync(channel, ids, AtOnce)
            );
            await floor.CreateChannelAsync(Channel(i, "ours"));
            engine.Set("channel", Channel(i, "ours"));
            await floor.TakeCallsAsync();
            var ours = await TimeAsync(
                "",
                _ => Task.FromResult(engine.Run("$names | Add-MattermostChannelMember $channel"))
            );
            calls = await floor.TakeCallsAsync();
            if (i < 0)
                continue;
            inTurn.Add(one);
            atOnce.Add(some);
            cmdlet.Add(ours);
        }

        report.Table("ms", ("floor", atOnce), ("one by one", inTurn), ("cmdlet", cmdlet));
        report.Print(
            "calls",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{calls}: {Members} additions, and {calls - Members} to find the channel and the users"
            )
        );
        report.Ratio(calls / (double)Members, 1.02, moreIsBetter: false, "calls, of those needed");
        report.Ratio(cmdlet.Median / atOnce.Median, 1.15, moreIsBetter: false);
    }

    private static string Channel(int number, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"members-{number + WarmUp}-{kind}");

    private static async Task<double> TimeAsync(string channel, Func<string, Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work(channel);
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }
}
