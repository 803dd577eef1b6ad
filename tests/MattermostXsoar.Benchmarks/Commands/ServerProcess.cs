using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>The sandbox in a process of its own, which runs this program too: neither its memory nor its collections
/// are the caller's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The argument that makes this program such a process; the number of users follows, and
    /// how many milliseconds each answer takes.</summary>
    public const string Argument = "--serve-sandbox";

    private const long LargestFile = 256 * 1024 * 1024;

    private readonly Process _process;

    private ServerProcess(Process process, JsonElement access)
    {
        _process = process;
        Uri = new Uri(access.GetProperty("uri").GetString()!);
        BotToken = access.GetProperty("bot").GetString()!;
        PersonalToken = access.GetProperty("personal").GetString()!;
        Team = access.GetProperty("team").GetString()!;
        TeamId = access.GetProperty("teamId").GetString()!;
    }

    public Uri Uri { get; }

    public string BotToken { get; }

    public string PersonalToken { get; }

    public string Team { get; }

    public string TeamId { get; }

    /// <summary>The name of a seeded user.</summary>
    public static string Username(int number) => "person" + number.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>The child's side: serves until its input ends, at the latest with its parent.</summary>
    public static async Task<int> RunAsync(int users, int delay)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { RecordBodies = false, MaxFileSize = LargestFile }
        );
        for (var i = 0; i < users; i++)
        {
            sandbox.Mattermost.CreateUser(Username(i), "First" + i.ToString(CultureInfo.InvariantCulture), "Last");
            sandbox.Mattermost.AddToTeam(sandbox.TeamName, Username(i));
        }

        if (delay > 0)
            sandbox.Faults.Add(
                new Fault
                {
                    Kind = FaultKind.Delay,
                    Delay = TimeSpan.FromMilliseconds(delay),
                    Count = int.MaxValue,
                }
            );
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    uri = sandbox.MattermostUri,
                    bot = sandbox.BotToken,
                    personal = sandbox.PersonalToken,
                    team = sandbox.TeamName,
                    teamId = sandbox.Mattermost.Team(sandbox.TeamName).Id,
                }
            )
        );
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task<ServerProcess> StartAsync(int users, int delay = 0)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(users.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(delay.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        var line =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The sandbox's process ended.");
        using var access = JsonDocument.Parse(line);
        return new ServerProcess(process, access.RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
