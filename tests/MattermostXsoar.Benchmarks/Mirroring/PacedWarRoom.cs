using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>
/// People who write in a War Room at an even rate, and how soon after the mirror has read an entry it is in the channel.
/// </summary>
internal static class PacedWarRoom
{
    /// <summary>Writes, and waits until all entries are in the channel.</summary>
    /// <returns>The median of the times from the first reading that came after an entry until its post, and from the
    /// entry until its post, in ms.</returns>
    public static async Task<string> WriteAsync(
        SandboxServer sandbox,
        string channelId,
        string investigationId,
        int count,
        int perSecond
    )
    {
        var before = sandbox.Mattermost.Messages(channelId).Count;
        var written = new List<DateTimeOffset>(count);
        await Pace.KeepAsync(
            count,
            perSecond,
            i =>
                written.Add(
                    sandbox
                        .Xsoar.AddEntry(
                            investigationId,
                            "jane",
                            $"Entry {i}: the mail gateway has quarantined a message; headers are attached to the case."
                        )
                        .Created
                )
        );
        await sandbox.Mattermost.WhenAsync(world => world.Messages(channelId).Count >= before + count);
        var posts = sandbox.Mattermost.Messages(channelId).Skip(before).Take(count).ToList();
        var readings = sandbox
            .Calls.Where(call => call.Path.EndsWith("/investigation/" + investigationId, StringComparison.Ordinal))
            .Select(call => call.At + sandbox.Options.LatencyXsoar)
            .Order()
            .ToList();
        Samples afterReading = new(),
            afterWriting = new();
        for (var i = 0; i < count; i++)
        {
            var posted = DateTimeOffset.FromUnixTimeMilliseconds(posts[i].CreateAt);
            afterWriting.Add((posted - written[i]).TotalMilliseconds);
            afterReading.Add((posted - readings.First(read => read >= written[i])).TotalMilliseconds);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{afterReading.Percentile(50)} {afterWriting.Percentile(50)}"
        );
    }
}
