using System.Text.Json;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>The fields of a search's filter, all of them optional.</summary>
internal sealed class FilterFields(JsonElement filter)
{
    public JsonElement Json => filter;

    public bool Is(string name) => filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public bool Has(string name) =>
        filter.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    /// <exception cref="XsoarException">400: it is not a whole number.</exception>
    public long? Number(string name) =>
        Find(name, JsonValueKind.Number) is { } value
            ? value.TryGetInt64(out var number)
                ? number
                : throw Misfit(name)
            : null;

    /// <exception cref="XsoarException">400: it is not a list.</exception>
    public List<string> Strings(string name) =>
        Find(name, JsonValueKind.Array) is { } value
            ? [.. value.EnumerateArray().Select(static it => it.ToString())]
            : [];

    /// <exception cref="XsoarException">400: it is not a text.</exception>
    public string? Text(string name) => Find(name, JsonValueKind.String)?.GetString();

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

    /// <summary>Whether a time is between the fields; the zero time of XSOAR is not a bound.</summary>
    public Func<long, bool> Between(string from, string to)
    {
        var (lowest, highest) = (Bound(from) ?? long.MinValue, Bound(to) ?? long.MaxValue);
        return time => time >= lowest && time <= highest;
    }

    private static XsoarException Misfit(string name) => XsoarException.BadRequest($"{name} is not of the right type");

    private long? Bound(string name)
    {
        if (Text(name) is not { Length: > 0 } text || text.StartsWith("0001-01-01", StringComparison.Ordinal))
            return null;
        return Instant.TryParse(text, out var time)
            ? time
            : throw XsoarException.BadRequest($"{name} is not a time: {text}");
    }

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (!filter.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw Misfit(name);
    }
}
