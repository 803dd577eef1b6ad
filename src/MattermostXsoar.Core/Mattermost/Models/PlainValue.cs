using System.Text.Json;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// JSON as dictionaries, arrays, texts and numbers: PowerShell reads these, and ConvertTo-Json writes them as they were.
/// </summary>
internal static class PlainValue
{
    public static object? Of(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => Of(json.EnumerateObject().Select(field => (field.Name, field.Value))),
            JsonValueKind.Array => json.EnumerateArray().Select(Of).ToArray(),
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    public static IDictionary<string, object?> Of(IEnumerable<(string Name, JsonElement Value)> fields)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            plain[name] = Of(value);
        return plain;
    }
}
