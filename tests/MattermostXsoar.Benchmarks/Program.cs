using System.Globalization;
using MattermostXsoar.Benchmarks;
using MattermostXsoar.Benchmarks.Commands;
using MattermostXsoar.Benchmarks.Importing;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Benchmarks.Mirroring;
using MattermostXsoar.Benchmarks.Sandbox;

var isShort = args is [_, "--short"];
var seconds =
    args is [_, "--seconds", var text]
    && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
    && number > 0
        ? number
        : 60;
IBenchmark[] benchmarks =
[
    new MirrorLatencyBenchmark(),
    new MirrorBurstBenchmark(),
    new MirrorManyBenchmark(isShort),
    new MirrorIdleBenchmark(isShort),
    new MirrorSoakBenchmark(isShort),
    new MirrorProcessorBenchmark(isShort),
    new MirrorCrowdBenchmark(isShort),
    new MirrorOutBenchmark(isShort),
    new ImportBenchmark(),
    new CallsBenchmark(),
    new ListBenchmark(),
    new SlowListBenchmark(),
    new MembersBenchmark(),
    new UploadBenchmark(),
    new SandboxLoadBenchmark(TimeSpan.FromSeconds(seconds)),
];

if (args is [ImportProcess.Argument, var manifest])
    return ImportProcess.Run(manifest);
if (args is [ServerProcess.Argument, var users, var delay])
    return await ServerProcess.RunAsync(
        int.Parse(users, CultureInfo.InvariantCulture),
        int.Parse(delay, CultureInfo.InvariantCulture)
    );

if (args is [SoakServer.Argument, var serversTake])
    return await SoakServer.RunAsync(int.Parse(serversTake, CultureInfo.InvariantCulture));

if (
    args is not ([_] or [_, "--short"] or [_, "--seconds", _])
    || benchmarks.FirstOrDefault(it => it.Name == args[0]) is not { } benchmark
)
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project tests/MattermostXsoar.Benchmarks -- NAME [--short | --seconds N]"
    );
    foreach (var known in benchmarks)
        Console.Error.WriteLine($"  {known.Name, -16}{known.Summary}");
    return 2;
}

await benchmark.RunAsync(new Report(benchmark.Name, Console.Out));
return 0;
