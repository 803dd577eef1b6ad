using System.Reflection;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Importing;

/// <summary>The time that a user waits for the import of the module.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Repetitions = 5;
    private const int ImportsPerRepetition = 3;

    public string Name => "import";

    public string Summary => "Import-Module of the staged module against an empty binary module";

    public async Task RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("mattermost-xsoar-import-");
        try
        {
            var ours = typeof(ImportBenchmark)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(it => it.Key == "ModuleManifest")
                .Value!;
            await RunAsync(report, ours, EmptyModule.Write(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(Report report, string ours, string empty)
    {
        report.Describe(
            "Time of Import-Module in a real engine (System.Management.Automation) whose runspace is open and has run "
                + "a command.",
            "Floor: a binary module with one cmdlet that does nothing, and a manifest, in the same engine.",
            "Headline: each import in a fresh process, as for a user. For information: fresh runspaces in one "
                + "process, where the assemblies are loaded already.",
            $"{Repetitions} repetitions, each the least of {ImportsPerRepetition} imports, floor and module in turns, "
                + "after one of warm-up."
        );

        var (_, network, loaded) = await ImportProcess.MeasureAsync(ours);
        var floorNetwork = (await ImportProcess.MeasureAsync(empty)).Network;
        Samples emptyProcess = new(),
            oursProcess = new(),
            emptyRunspace = new(),
            oursRunspace = new();
        ImportRun.Measure(empty);
        ImportRun.Measure(ours);
        for (var i = 0; i < Repetitions; i++)
        {
            Samples floor = new(),
                module = new(),
                floorAgain = new(),
                moduleAgain = new();
            for (var j = 0; j < ImportsPerRepetition; j++)
            {
                floor.Add((await ImportProcess.MeasureAsync(empty)).Time.TotalMilliseconds);
                module.Add((await ImportProcess.MeasureAsync(ours)).Time.TotalMilliseconds);
                floorAgain.Add(ImportRun.Measure(empty).TotalMilliseconds);
                moduleAgain.Add(ImportRun.Measure(ours).TotalMilliseconds);
            }

            emptyProcess.Add(floor.Minimum);
            oursProcess.Add(module.Minimum);
            emptyRunspace.Add(floorAgain.Minimum);
            oursRunspace.Add(moduleAgain.Minimum);
        }

        report.Table(
            "ms",
            ("process, floor", emptyProcess),
            ("process, module", oursProcess),
            ("runspace, floor", emptyRunspace),
            ("runspace, module", oursRunspace)
        );
        Explain(report, Path.GetDirectoryName(ours)!, loaded, network, floorNetwork);
        report.Ratio(oursRunspace.Median / emptyRunspace.Median, 1.5, moreIsBetter: false, "(runspace)");
        report.Ratio(oursProcess.Median / emptyProcess.Median, 1.5, moreIsBetter: false);
    }

    private static void Explain(
        Report report,
        string moduleRoot,
        IReadOnlyList<string> loaded,
        string network,
        string floorNetwork
    )
    {
        var own = loaded
            .Where(file => file.StartsWith(moduleRoot, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(moduleRoot, file));
        report.Print("own files that the import loads", string.Join(", ", own));
        // The engine itself listens on a pipe, which on Unix is a local socket.
        report.Print("network events while importing", $"{Events(network)}; with the floor: {Events(floorNetwork)}");
    }

    private static string Events(string list) => list.Length == 0 ? "none" : list;
}
