using System.Globalization;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary><c>period</c> and <c>timeFrame</c> of a filter: how far back.</summary>
internal static class FilterPeriod
{
    /// <summary>The conditions on a time that both fields set.</summary>
    public static Func<long, bool> Read(FilterFields filter, long now)
    {
        var (lowest, highest) = (long.MinValue, long.MaxValue);
        if (filter.Number("timeFrame") is { } frame and > 0)
            lowest = now - frame;
        if (filter.Json.TryGetProperty("period", out var period) && period.ValueKind == JsonValueKind.Object)
        {
            var by = period.Text("by") ?? "day";
            if (Value(period, "fromValue") is { } from and > 0)
                lowest = Math.Max(
                    lowest,
                    now - (from * Unit(period.Text("byFrom") is { Length: > 0 } unit ? unit : by))
                );
            if (Value(period, "toValue") is { } to and > 0)
                highest = now - (to * Unit(period.Text("byTo") is { Length: > 0 } unit ? unit : by));
        }
        return time => time >= lowest && time <= highest;
    }

    /// <summary>Text according to the description; clients send numbers.</summary>
    private static long? Value(JsonElement period, string name) =>
        period.TryGetProperty(name, out var value)
        && long.TryParse(value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static long Unit(string by) =>
        by.ToLowerInvariant().TrimEnd('s') switch
        {
            "minute" => TimeSpan.TicksPerMinute,
            "hour" => TimeSpan.TicksPerHour,
            "week" => 7 * TimeSpan.TicksPerDay,
            "month" => 30 * TimeSpan.TicksPerDay,
            "year" => 365 * TimeSpan.TicksPerDay,
            _ => TimeSpan.TicksPerDay,
        } * 100;
}
