using System.Diagnostics;
using System.Globalization;

namespace MattermostXsoar.Benchmarks.Importing;

/// <summary>One Import-Module in a process of its own, which runs this program too.</summary>
internal static class ImportProcess
{
    /// <summary>The argument that makes this program such a process; the manifest follows.</summary>
    public const string Argument = "--import-once";

    /// <summary>The child's side: prints the time in ms, the network events, then one line for each assembly that was
    /// loaded.</summary>
    public static int Run(string manifest)
    {
        using var network = new NetworkUse();
        var before = AppDomain.CurrentDomain.GetAssemblies().ToHashSet();
        var time = ImportRun.Measure(manifest);
        Console.WriteLine(time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(string.Join(' ', network.Events));
        foreach (
            var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(it => !it.IsDynamic && !before.Contains(it))
        )
            Console.WriteLine(assembly.Location);
        return 0;
    }

    /// <summary>Starts a child and waits for it.</summary>
    public static async Task<(TimeSpan Time, string Network, IReadOnlyList<string> Loaded)> MeasureAsync(
        string manifest
    )
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(ImportProcess).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(manifest);
        using var process = Process.Start(start)!;
        var output = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"The process that was to import {manifest} ended with {process.ExitCode}."
            );
        return (
            TimeSpan.FromMilliseconds(double.Parse(output[0], CultureInfo.InvariantCulture)),
            output[1],
            output[2..^1]
        );
    }
}
