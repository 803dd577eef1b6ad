using System.Globalization;
using System.Security.Cryptography;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>Sending a large file.</summary>
internal sealed class UploadBenchmark : IBenchmark
{
    private const int Megabytes = 100;
    private const int Repetitions = 5;
    private const int WarmUp = 1;

    public string Name => "upload";

    public string Summary => "Send-MattermostFile of 100 MB, and the memory it takes";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Time of 'Send-MattermostFile $file -Channel upload' of {Megabytes} MB on disk, including post and "
                + "progress bar, in a real engine with the staged module.",
            "The sandbox runs in a process of its own and keeps the file on its disk.",
            "Floor: one HttpClient that sends the same file as a stream (StreamContent), without a post.",
            $"{Repetitions} repetitions in turns, after {WarmUp} of warm-up. Memory is sampled every few ms while the "
                + "cmdlet runs."
        );

        await using var server = await ServerProcess.StartAsync(0);
        using var floor = new PlainClient(server);
        using var engine = CommandEngine.Connect(server);
        var folder = Directory.CreateTempSubdirectory("mattermost-xsoar-upload-");
        try
        {
            var file = Path.Combine(folder.FullName, "evidence.bin");
            await WriteAsync(file);
            var channelId = await floor.CreateChannelAsync("upload");
            engine.Set("file", file);
            engine.Run("Add-MattermostChannelMember upload $session.BotUser");
            Samples floors = new(),
                cmdlets = new(),
                heap = new(),
                process = new();
            for (var i = -WarmUp; i < Repetitions; i++)
            {
                var started = TimeProvider.System.GetTimestamp();
                await floor.UploadAsync(channelId, file);
                var raw = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
                var memory = new PeakMemory();
                double ours;
                await using (memory)
                {
                    started = TimeProvider.System.GetTimestamp();
                    engine.Run("Send-MattermostFile $file -Channel upload");
                    ours = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
                }

                if (i < 0)
                    continue;
                floors.Add(raw);
                cmdlets.Add(ours);
                heap.Add(memory.HeapGrowth);
                process.Add(memory.ProcessGrowth);
            }

            report.Table(
                "ms; MB",
                ("floor", floors),
                ("cmdlet", cmdlets),
                ("heap +MB", heap),
                ("process +MB", process)
            );
            report.Print(
                "peak memory",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {heap.Percentile(100):0.0} MB more on the heap, including garbage, "
                        + $"{process.Percentile(100):0.0} MB more in the process, for a file of {Megabytes} MB"
                )
            );
            report.Ratio(cmdlets.Median / floors.Median, 1.15, moreIsBetter: false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(string path)
    {
        var block = RandomNumberGenerator.GetBytes(1024 * 1024);
        await using var file = File.Create(path);
        for (var i = 0; i < Megabytes; i++)
            await file.WriteAsync(block);
    }
}
