using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MattermostXsoar.QuickStart;

/// <summary>Builds and stages the module with the .NET SDK, and shows the progress.</summary>
internal static class ModuleBuild
{
    public static string Manifest => Metadata("ModuleManifest");

    public static async Task<bool> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Step(
            "Building the module for both editions of PowerShell (the first time, packages are downloaded as well) ..."
        );
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "build", Metadata("ModuleProject"), "--nologo", "--tl:off", "-v:minimal" })
            start.ArgumentList.Add(argument);
        using var process =
            Process.Start(start) ?? throw new InvalidOperationException("The dotnet command could not be started.");
        await using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));

        var output = new List<string>();
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == 0)
        {
            terminal.Step(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Built in {watch.Elapsed.TotalSeconds:0.0} s: {Path.GetDirectoryName(Manifest)}"
                )
            );
            return true;
        }

        terminal.Problem("The module could not be built:");
        foreach (var line in output)
            terminal.Plain(line);
        return false;

        void Take(string? line)
        {
            if (line is not { Length: > 0 })
                return;
            lock (output)
                output.Add(line);
            // The last line of a project's build, shown as progress.
            if (line.Contains(" -> ", StringComparison.Ordinal))
                terminal.Step(
                    "  "
                        + Path.GetFileName(line[(line.IndexOf(" -> ", StringComparison.Ordinal) + 4)..])
                        + " ("
                        + Folder(line)
                        + ")"
                );
        }
    }

    private static string Folder(string line) => Path.GetFileName(Path.GetDirectoryName(line.Trim()) ?? "");

    private static string Metadata(string key) =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
