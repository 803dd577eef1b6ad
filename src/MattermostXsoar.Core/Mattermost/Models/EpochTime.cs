namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Mattermost's times: milliseconds since 1970 (UTC), 0 for "never".</summary>
internal static class EpochTime
{
    // Far from the end of what can be represented, so that an interval can be added to any time.
    private static readonly long Largest = new DateTimeOffset(
        9000,
        1,
        1,
        0,
        0,
        0,
        TimeSpan.Zero
    ).ToUnixTimeMilliseconds();

    public static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Limit(milliseconds));

    /// <summary>A time as a server sent it, within what can be reckoned with.</summary>
    public static long Limit(long milliseconds) => Math.Max(0, Math.Min(milliseconds, Largest));
}
