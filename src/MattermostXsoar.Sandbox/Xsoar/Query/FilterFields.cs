using System.Text.Json;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>The fields of a search's filter, of which none must be there.</summary>
internal sealed class FilterFields(JsonElement filter)
{
    public JsonElement Json => filter;

    public bool Is(string name) => filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public bool Has(string name) => filter.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    public long? Number(string name) => filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public List<string> Strings(string name) => filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(static it => it.ToString())]
        : [];

    /// <summary>Whether the list is missing, empty, or holds the value.</summary>
    public Func<string, bool> OneOf(string name)
    {
        var wanted = Strings(name);
        return wanted.Count == 0 ? static _ => true : value => wanted.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    public Func<string, bool> NoneOf(string name)
    {
        var unwanted = Strings(name);
        return value => !unwanted.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a time lies between the fields; the zero time of XSOAR is no bound.</summary>
    public Func<long, bool> Between(string from, string to)
    {
        var lowest = Instant.TryParse(filter.Text(from), out var low) && !IsZero(from) ? low : long.MinValue;
        var highest = Instant.TryParse(filter.Text(to), out var high) && !IsZero(to) ? high : long.MaxValue;
        return time => time >= lowest && time <= highest;
    }

    private bool IsZero(string name) => filter.Text(name)!.StartsWith("0001-01-01", StringComparison.Ordinal);
}
