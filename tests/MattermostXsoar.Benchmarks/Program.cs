using MattermostXsoar.Benchmarks;
using MattermostXsoar.Benchmarks.Importing;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Benchmarks.Mirroring;

IBenchmark[] benchmarks = [new MirrorLatencyBenchmark(), new MirrorBurstBenchmark(), new ImportBenchmark()];

if (args is [ImportProcess.Argument, var manifest])
    return ImportProcess.Run(manifest);

if (args.Length != 1 || benchmarks.FirstOrDefault(it => it.Name == args[0]) is not { } benchmark)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/MattermostXsoar.Benchmarks -- NAME");
    foreach (var known in benchmarks)
        Console.Error.WriteLine($"  {known.Name,-16}{known.Summary}");
    return 2;
}

await benchmark.RunAsync(new Report(benchmark.Name, Console.Out));
return 0;
