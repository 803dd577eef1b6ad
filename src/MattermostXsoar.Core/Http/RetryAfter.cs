using System.Globalization;

namespace MattermostXsoar.Core.Http;

/// <summary>Reads from a response how long to wait before the next request.</summary>
internal static class RetryAfter
{
    /// <summary>
    /// The longest wait that is respected; a server that asks for more is called again after this time.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The wait of <c>Retry-After</c> (seconds or a date), else of <c>X-Ratelimit-Reset</c>, which on Mattermost is the
    /// number of seconds to wait, sent twice ("3, 3") if the limit counts by user and by address
    /// (rest-ratelimit-200-with-headers-by-user.json).
    /// </summary>
    /// <returns>What the server asked for, or null when it asked for nothing.</returns>
    public static TimeSpan? Read(ApiResponse response, DateTimeOffset now) =>
        Parse(response.Header("Retry-After"), now)
        ?? (response.Status == 429 ? Parse(response.Header("X-Ratelimit-Reset"), now) : null);

    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        if (value is null)
            return null;
        var first = value.Split(',')[0].Trim();
        if (
            double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 0
        )
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
        // A date contains a comma itself: "Mon, 23 Nov 2026 14:49:33 GMT".
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return null;
        return date > now ? date - now : TimeSpan.Zero;
    }
}
