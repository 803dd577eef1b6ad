using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>People who write in a channel at an even rate, and how soon their messages are in the War Room.</summary>
internal static class PacedChat
{
    /// <summary>Writes, and waits until all messages are in the War Room.</summary>
    /// <returns>The median of the times until then in ms, and how many arrived per second.</returns>
    public static async Task<string> WriteAsync(
        SandboxServer sandbox,
        string channelId,
        string investigationId,
        int count,
        int perSecond
    )
    {
        var before = sandbox.Xsoar.Entries(investigationId).Count;
        var clock = sandbox.Options.TimeProvider;
        var posted = new List<DateTimeOffset>(count);
        await Pace.KeepAsync(
            count,
            perSecond,
            i =>
            {
                posted.Add(clock.GetUtcNow());
                sandbox.Mattermost.Post(
                    MirrorStage.Person,
                    channelId,
                    $"Message {i}: the mail gateway has quarantined a message; headers are attached to the case."
                );
            }
        );
        await sandbox.Xsoar.WhenAsync(world => world.Entries(investigationId).Count >= before + count);
        var arrived = sandbox
            .Xsoar.Entries(investigationId)
            .Skip(before)
            .Take(count)
            .Select(entry => entry.Created)
            .ToList();
        var latencies = new Samples();
        for (var i = 0; i < count; i++)
            latencies.Add((arrived[i] - posted[i]).TotalMilliseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{latencies.Percentile(50)} {count / (arrived[^1] - posted[0]).TotalSeconds}"
        );
    }
}
