using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>How long a question waits, and when it expires, as scripts write it.</summary>
internal static class QuestionLifetime
{
    /// <summary>The original's default.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly Regex Words = new(
        @"^\s*(\d{1,6})\s*(second|minute|hour|day|week|month)s?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>
    /// A time such as <c>2 hours</c>, <c>1 day</c> or <c>02:00:00</c>; null for what cannot be read, which the original
    /// takes as one day.
    /// </summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Words.Match(text);
        var time =
            match.Success
                ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                    * (
                        match.Groups[2].Value.ToLowerInvariant() switch
                        {
                            "second" => TimeSpan.FromSeconds(1).TotalSeconds,
                            "minute" => TimeSpan.FromMinutes(1).TotalSeconds,
                            "hour" => TimeSpan.FromHours(1).TotalSeconds,
                            "day" => TimeSpan.FromDays(1).TotalSeconds,
                            "week" => TimeSpan.FromDays(7).TotalSeconds,
                            _ => TimeSpan.FromDays(30).TotalSeconds,
                        }
                    )
            : text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
                ? span.TotalSeconds
            : 0;
        return time > 0 && time <= Longest.TotalSeconds ? TimeSpan.FromSeconds(time) : null;
    }

    /// <summary>The same; one day, and a warning, for what cannot be read.</summary>
    public static TimeSpan ParseOrDefault(string text, Action<string> warn)
    {
        if (Parse(text) is { } time)
            return time;
        warn(
            $"The lifetime '{text}' cannot be read; the question expires after one day. Write it as '2 hours' or '1 day'."
        );
        return Default;
    }

    /// <summary>A time in one of the forms of the Ask scripts, in UTC; null for any other.</summary>
    public static DateTimeOffset? ParseExpiry(string text) =>
        DateTimeOffset.TryParseExact(
            text.Trim(),
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
