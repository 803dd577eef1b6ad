using System.Globalization;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>One comparison of a query: <c>field:value</c>, <c>field:&gt;=value</c>, or a value alone with an empty
/// field.</summary>
internal sealed record SearchTerm(string Field, string Sign, string Value)
{
    /// <summary>The whole text, ignoring case; <c>*</c> matches anything.</summary>
    public bool Is(string text) =>
        Value.Contains('*', StringComparison.Ordinal)
            ? FitsWildcard(text)
            : text.Equals(Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Part of the text, as for free text fields.</summary>
    public bool IsIn(string text) =>
        Value.Length == 0 ? text.Length == 0
        : Value.Contains('*', StringComparison.Ordinal) ? FitsWildcard(text)
        : text.Contains(Value, StringComparison.OrdinalIgnoreCase);

    public bool Compares(double number) =>
        double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound)
        && Holds(number.CompareTo(bound));

    /// <summary>Compares with a time: RFC 3339, or <c>7 days ago</c>.</summary>
    public Func<long, bool> Time(long now)
    {
        if (!TryTime(now, out var bound))
            throw XsoarException.BadRequest($"Cannot parse time: {Value}");
        return time => Holds(time.CompareTo(bound));
    }

    private bool Holds(int order) =>
        Sign switch
        {
            ">=" => order >= 0,
            ">" => order > 0,
            "<=" => order <= 0,
            "<" => order < 0,
            _ => order == 0,
        };

    private bool TryTime(long now, out long bound)
    {
        bound = 0;
        var words = Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            words is not [var count, var unit, "ago"]
            || !int.TryParse(count, CultureInfo.InvariantCulture, out var number)
        )
            return Instant.TryParse(Value, out bound);
        var span = unit.TrimEnd('s') switch
        {
            "minute" => TimeSpan.FromMinutes(number),
            "hour" => TimeSpan.FromHours(number),
            "day" => TimeSpan.FromDays(number),
            "week" => TimeSpan.FromDays(7 * number),
            "month" => TimeSpan.FromDays(30 * number),
            _ => TimeSpan.FromDays(365 * number),
        };
        bound = now - (span.Ticks * 100);
        return true;
    }

    private bool FitsWildcard(string text)
    {
        var parts = Value.Split('*');
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var found =
                i == parts.Length - 1 && parts[i].Length > 0
                    ? text.EndsWith(parts[i], StringComparison.OrdinalIgnoreCase) && text.Length - parts[i].Length >= at
                        ? text.Length - parts[i].Length
                        : -1
                    : text.IndexOf(parts[i], at, StringComparison.OrdinalIgnoreCase);
            if (found < 0 || (i == 0 && found != 0))
                return false;
            at = found + parts[i].Length;
        }
        return true;
    }
}
