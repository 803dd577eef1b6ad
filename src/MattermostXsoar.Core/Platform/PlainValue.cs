using System.Text.Json;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// JSON as dictionaries, arrays, texts and numbers: PowerShell reads these, and ConvertTo-Json writes them as they were.
/// </summary>
internal static class PlainValue
{
    public static object? Of(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => Of(json.EnumerateObject().Select(field => (NameOf(field), field.Value))),
            JsonValueKind.Array => json.EnumerateArray().Select(Of).ToArray(),
            JsonValueKind.String => json.TextOrEmpty(),
            JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole
            : json.TryGetDouble(out var number) ? number
            : json.GetRawText(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair or bytes that are no UTF-8.
            return "";
        }
    }

    public static IDictionary<string, object?> Of(IEnumerable<(string Name, JsonElement Value)> fields)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            plain[name] = Of(value);
        return plain;
    }
}
