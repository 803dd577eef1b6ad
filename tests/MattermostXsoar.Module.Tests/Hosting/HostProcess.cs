using System.Diagnostics;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>Runs a script in a PowerShell engine in a process of its own.</summary>
internal static class HostProcess
{
    /// <param name="arguments">The script and what it is given.</param>
    /// <param name="stopAt">The step and the time it is reached at which the process is killed, such as
    /// <c>WarRoomToChat.AfterSend:2</c>; null to let it run.</param>
    /// <param name="environment">Environment variables beside those of this process.</param>
    public static Process Start(
        IEnumerable<string> arguments,
        string? stopAt = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (stopAt is not null)
            start.Environment["MMXS_STOP_AT"] = stopAt;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(StagedModule.PowerShellHost);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The PowerShell host did not start.");
    }

    /// <summary>Runs to the end; output and errors as lines.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token).WaitAsync(Engine.Deadline, token);
        return (process.ExitCode, Lines(await output), Lines(await errors));
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
