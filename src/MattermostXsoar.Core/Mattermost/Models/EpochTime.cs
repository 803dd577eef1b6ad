namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Mattermost's times: milliseconds since 1970 (UTC), 0 for "never".</summary>
internal static class EpochTime
{
    private static readonly long Largest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, Largest));
}
