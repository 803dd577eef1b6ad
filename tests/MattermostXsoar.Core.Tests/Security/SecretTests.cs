using System.Text;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Core.Tests.Mirroring.Logging;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>No token leaves the process but in the header that is meant for it, and what is kept is its owner's
/// only.</summary>
public sealed class SecretTests(ITestOutputHelper output)
{
    private const string MessageText = "written-by-a-person";

    [Fact]
    public async Task No_token_is_in_the_store_the_log_the_measurements_or_a_mirrors_view_even_if_a_server_quotes_it()
    {
        using var measured = new Measurements();
        await using var harness = await MirrorHarness.StartAsync();
        var sandbox = harness.Sandbox;
        string[] secrets = [sandbox.BotToken, sandbox.PersonalToken, sandbox.XsoarApiKey];
        await harness.MirrorConnectedAsync();
        var quoted = string.Join(" ", secrets) + " " + Convert.ToBase64String(Encoding.UTF8.GetBytes(sandbox.BotToken));
        foreach (var status in new[] { 400, 401, 403, 500 })
        {
            sandbox.Faults.Add(
                Fault(
                    "xsoar",
                    "/entry/formatted$",
                    status,
                    $"{{\"id\":\"bad\",\"status\":{status},\"title\":\"{quoted}\",\"detail\":\"{quoted}\",\"error\":\"{quoted}\"}}"
                )
            );
            sandbox.Faults.Add(
                Fault(
                    "mattermost",
                    "/api/v4/posts$",
                    status,
                    $"{{\"id\":\"bad\",\"status_code\":{status},\"message\":\"{quoted}\",\"detailed_error\":\"{quoted}\"}}"
                )
            );
            sandbox.Mattermost.Post("user1", "incident-1", $"{MessageText} {status}");
            sandbox.Xsoar.AddEntry("1", "jane", $"{MessageText} {status}");
        }

        await harness.MirrorIsAsync(mirror =>
            mirror is { FromChat: 3, FromWarRoom: 3, Failed: 2, Pending: 0, State: MirrorState.Active }
        );
        await harness.Service.StopListenerAsync();

        var shown = new StringBuilder();
        lock (harness.Log)
            shown.AppendJoin('\n', harness.Log);
        shown
            .AppendJoin('\n', harness.Service.GetMirrors())
            .AppendJoin('\n', harness.Service.GetFailedDeliveries())
            .Append(harness.Service.GetListener());
        shown.AppendJoin('\n', measured.Lines);
        var bytes = Directory
            .GetFiles(Path.GetDirectoryName(harness.StatePath)!)
            .Select(file => Encoding.Latin1.GetString(ReadShared(file)))
            .ToList();
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, shown.ToString(), StringComparison.Ordinal);
            Assert.All(bytes, content => Assert.DoesNotContain(secret, content, StringComparison.Ordinal));
        }

        Assert.Contains("***", shown.ToString(), StringComparison.Ordinal);
        // The log and the list of failed deliveries contain which, not what.
        Assert.DoesNotContain(MessageText, shown.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(measured.Lines);
        output.WriteLine(
            $"{secrets.Length} secrets searched for in {bytes.Count} files ({bytes.Sum(content => content.Length)} bytes), {harness.Log.Count} log records and {measured.Lines.Count} measurements: none"
        );
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_state_file_and_all_that_lies_beside_it_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows has no file modes: the files have the rights of their folder there (docs/security.md)."
        );
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "a line");
        await harness.WarRoomAsync(lines => lines.Count == 1);

        var modes = Directory
            .GetFiles(Path.GetDirectoryName(harness.StatePath)!)
            .ToDictionary(file => Path.GetFileName(file), File.GetUnixFileMode);
        foreach (var (name, mode) in modes)
            output.WriteLine($"{name}: {Convert.ToString((int)mode, 8)}");
        Assert.Superset(
            new HashSet<string> { "state.db", "state.db-wal", "state.db-shm", "state.db.lock", "state.db.holder" },
            modes.Keys.ToHashSet()
        );
        Assert.All(modes.Values, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
    }

    private static Fault Fault(string server, string path, int status, string body) =>
        new()
        {
            Server = server,
            Method = "POST",
            PathPattern = path,
            Kind = FaultKind.Status,
            Status = status,
            Body = body,
            Count = 1,
        };

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
