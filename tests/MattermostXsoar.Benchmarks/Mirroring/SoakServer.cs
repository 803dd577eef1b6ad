using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The sandbox in a process of its own, so that neither its memory nor its processor time is counted; the
/// process runs this program too.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    /// <summary>The argument that makes this program such a process.</summary>
    public const string Argument = "--soak-server";

    /// <summary>How many messages are written, half of them on each side, before the arrival of all is
    /// awaited.</summary>
    public const int Portion = 500;

    private readonly Process _process;

    private SoakServer(Process process, SoakAddress address)
    {
        _process = process;
        Address = address;
    }

    public SoakAddress Address { get; }

    /// <param name="serversTake">How long each call to XSOAR and each new post takes, in ms.</param>
    public static async Task<SoakServer> StartAsync(int serversTake = 0)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(SoakServer).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(serversTake.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        var address = JsonSerializer.Deserialize<SoakAddress>((await process.StandardOutput.ReadLineAsync())!)!;
        return new SoakServer(process, address);
    }

    /// <summary>Sends a command to the child and waits until it is done.</summary>
    /// <returns>The child's answer.</returns>
    public async Task<string> SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The sandbox's process has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The child's side: runs until its input ends.</summary>
    public static async Task<int> RunAsync(int serversTake)
    {
        var options = new SandboxOptions
        {
            RecordBodies = false,
            CallCapacity = 10_000,
            PostCapacity = 20_000,
            LatencyXsoar = TimeSpan.FromMilliseconds(serversTake),
            TimeProvider = new SteadyClock(),
        };
        await using var sandbox = await SandboxServer.StartAsync(options);
        if (serversTake > 0)
            sandbox.Faults.Add(
                new Fault
                {
                    Server = "mattermost",
                    Method = "POST",
                    PathPattern = "^/api/v4/posts$",
                    Kind = FaultKind.Delay,
                    Delay = TimeSpan.FromMilliseconds(serversTake),
                    Count = int.MaxValue,
                }
            );
        var investigation = sandbox.Xsoar.CreateIncident("Soak");
        Console.WriteLine(
            JsonSerializer.Serialize(
                new SoakAddress(
                    sandbox.MattermostUri,
                    sandbox.XsoarUri,
                    sandbox.BotToken,
                    sandbox.PersonalToken,
                    sandbox.XsoarApiKey,
                    sandbox.TeamName,
                    investigation
                )
            )
        );
        var channel = "";
        var (written, entries) = (0, 0);
        long posts = 0;
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command.Split(' ') is ["pace", var channelId, var investigationId, var count, var rate])
            {
                Console.WriteLine(
                    await PacedChat.WriteAsync(sandbox, channelId, investigationId, Number(count), Number(rate))
                );
                continue;
            }

            if (command.Split(' ') is ["pace-room", var mirrored, var room, var entriesToWrite, var entryRate])
            {
                Console.WriteLine(
                    await PacedWarRoom.WriteAsync(sandbox, mirrored, room, Number(entriesToWrite), Number(entryRate))
                );
                continue;
            }

            if (command == "floor")
            {
                var floor = sandbox.Mattermost.CreateChannel("admin", "floor", "Floor", "P");
                sandbox.Mattermost.AddMember(floor.Id, MirrorStage.Person);
                Console.WriteLine($"{floor.Id} {sandbox.Xsoar.CreateIncident("Floor")}");
                continue;
            }
            else if (command.Split(' ') is ["mirrored", var id])
            {
                channel = id;
                sandbox.Mattermost.AddMember(channel, MirrorStage.Person);
                (entries, posts) = (
                    sandbox.Xsoar.Entries(investigation).Count,
                    sandbox.Mattermost.Channel(channel).TotalMessageCount
                );
            }
            else
            {
                for (var i = 0; i < Portion / 2; i++)
                {
                    var text = string.Create(
                        CultureInfo.InvariantCulture,
                        $"Message {written++}: the mail gateway has quarantined a message; headers are attached to the "
                            + $"case."
                    );
                    sandbox.Mattermost.Post(MirrorStage.Person, channel, text);
                    sandbox.Xsoar.AddEntry(investigation, "jane", text);
                }

                // In the end each message is on both sides.
                (entries, posts) = (entries + Portion, posts + Portion);
                while (
                    sandbox.Xsoar.Entries(investigation).Count < entries
                    || sandbox.Mattermost.Channel(channel).TotalMessageCount < posts
                )
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }

            Console.WriteLine("done");
        }

        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
