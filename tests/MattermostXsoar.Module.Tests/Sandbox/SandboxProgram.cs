using System.Diagnostics;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Sandbox;

/// <summary>The sandbox's program as people start it, in a process of its own.</summary>
internal sealed class SandboxProgram : IDisposable
{
    private readonly Process _process;

    private SandboxProgram(Process process) => _process = process;

    public static string Path { get; } = typeof(SandboxServer).Assembly.Location;

    /// <summary>Starts it on free ports and reads what it prints until it prints how to end it.</summary>
    public static async Task<(SandboxProgram Program, string Printed)> StartAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", Path, "--port", "0", "--xsoar-port", "0" }.Concat(options))
            start.ArgumentList.Add(argument);
        var program = new SandboxProgram(
            Process.Start(start) ?? throw new InvalidOperationException("The sandbox did not start.")
        );
        var printed = "";
        while (!printed.Contains("Ctrl+C", StringComparison.Ordinal))
        {
            var line = await program
                ._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Engine.Deadline);
            printed += (line ?? throw new InvalidOperationException("The sandbox ended: " + printed)) + "\n";
        }
        return (program, printed);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
