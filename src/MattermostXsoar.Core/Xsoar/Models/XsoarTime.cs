using System.Globalization;
using System.Text.Json;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>
/// XSOAR's times: RFC 3339 with up to nine decimals (kept to 100 ns), where Go's zero time 0001-01-01T00:00:00Z, an
/// empty text and null all mean "never".
/// </summary>
internal static class XsoarTime
{
    // Far from the end of what can be represented, so that an interval can be added to any time.
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A time must be a text.");
        if (
            !reader.TryGetDateTimeOffset(out var time)
            && !DateTimeOffset.TryParse(
                reader.GetString(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out time
            )
        )
            return null;
        return time.Year <= 1 ? null
            : time.Year >= Latest.Year ? Latest
            : time.ToUniversalTime();
    }

    public static string Format(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
