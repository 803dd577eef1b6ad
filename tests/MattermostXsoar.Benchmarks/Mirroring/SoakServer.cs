using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The sandbox of the soak in a process of its own, so that its memory is not counted; the process runs this
/// program too.</summary>
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

    public static async Task<SoakServer> StartAsync()
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(SoakServer).Assembly.Location);
        start.ArgumentList.Add(Argument);
        var process = Process.Start(start)!;
        var address = JsonSerializer.Deserialize<SoakAddress>((await process.StandardOutput.ReadLineAsync())!)!;
        return new SoakServer(process, address);
    }

    /// <summary>Sends a command to the child and waits until it is done.</summary>
    public async Task SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        if (await _process.StandardOutput.ReadLineAsync() is null)
            throw new InvalidOperationException("The sandbox's process has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The child's side: runs until its input ends.</summary>
    public static async Task<int> RunAsync()
    {
        var options = new SandboxOptions
        {
            RecordBodies = false,
            CallCapacity = 1,
            PostCapacity = 20_000,
        };
        await using var sandbox = await SandboxServer.StartAsync(options);
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
            if (command.Split(' ') is ["mirrored", var id])
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
}
