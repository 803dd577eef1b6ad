using System.Globalization;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Times as the server keeps and writes them: nanoseconds since 1970, nine fractional digits, 0 for
/// "never".</summary>
internal static class Instant
{
    private const string Zero = "0001-01-01T00:00:00Z";

    /// <summary>64 bits of nanoseconds reach from 1677 to 2262; times outside are set to these limits.</summary>
    public static long From(DateTimeOffset time) =>
        Math.Clamp(time.UtcTicks - DateTime.UnixEpoch.Ticks, (long.MinValue / 100) + 1, (long.MaxValue / 100) - 1)
        * 100;

    public static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    public static string Format(long nanoseconds) =>
        nanoseconds == 0
            ? Zero
            : ToTime(nanoseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)
                + (nanoseconds % 100).ToString("00", CultureInfo.InvariantCulture)
                + "Z";

    public static bool TryParse(string? text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text is null)
            return false;
        // DateTimeOffset has seven fractional digits; the last two of nine are parsed separately.
        var extra = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            var digits = text[(dot + 1)..end].PadRight(9, '0');
            extra = int.Parse(digits[7..9], CultureInfo.InvariantCulture);
            text = text[..(dot + 1)] + digits[..7] + text[end..];
        }
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        nanoseconds = From(time) + extra;
        return true;
    }
}
