using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MattermostXsoar.Core.Tests.Fuzz;

/// <summary>Changes a JSON text as a server that lies or breaks would: other values, missing ones, damaged bytes.</summary>
internal sealed class JsonMutator(int seed)
{
    // Raw JSON: what a field may hold instead of what it should.
    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "5",
        "1e400",
        "-1e308",
        "9223372036854775807",
        "9223372036854775808",
        "253402300799999",
        "253402300800000",
        "99999999999999999999999999",
        "0.5",
        "\"\"",
        "\"5\"",
        "\"abc\"",
        "\"true\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"2026-13-45\"",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "\"{\\\"id\\\":5}\"",
        "\"[\"",
        "[]",
        "[null]",
        "[5,[]]",
        "{}",
        "{\"id\":5}",
        "{\"\":{}}",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A number from 0 to below the limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    public byte[] Mutate(string json)
    {
        var text = _random.Next(4) == 0 ? json : MutateValue(json);
        var bytes = Encoding.UTF8.GetBytes(text);
        return _random.Next(5) == 0 ? Damage(bytes) : bytes;
    }

    // A value is replaced, removed or doubled. The texts that are JSON themselves, such as the post of an event, are
    // entered as well.
    private string MutateValue(string json)
    {
        const string Marker = "\u0001marker\u0001";
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            return json;
        }

        var places = new List<(JsonNode Parent, string? Name, int Index)>();
        Collect(root, places);
        if (places.Count == 0)
            return Pick();
        var (parent, name, index) = places[_random.Next(places.Count)];
        var value = parent is JsonObject ? parent[name!] : parent[index];
        if (value is JsonValue text && text.TryGetValue<string>(out var inner) && inner.StartsWith('{'))
        {
            Set(JsonValue.Create(MutateValue(inner)));
            return root!.ToJsonString();
        }

        switch (_random.Next(6))
        {
            case 0 when parent is JsonObject fields:
                fields.Remove(name!);
                return root!.ToJsonString();
            case 1 when parent is JsonArray items:
                items.Add(value?.DeepClone());
                return root!.ToJsonString();
            case 2:
                var depth = _random.Next(1, 200);
                return Replaced(new string('[', depth) + new string(']', depth));
            default:
                return Replaced(Pick());
        }

        string Replaced(string raw)
        {
            Set(JsonValue.Create(Marker));
            return root!.ToJsonString().Replace("\"\\u0001marker\\u0001\"", raw, StringComparison.Ordinal);
        }

        void Set(JsonNode? with)
        {
            if (parent is JsonObject)
                parent[name!] = with;
            else
                parent[index] = with;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields)
            {
                places.Add((node, name, 0));
                Collect(value, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                places.Add((node, null, i));
                Collect(items[i], places);
            }
        }
    }

    private string Pick() =>
        _random.Next(40) == 0
            ? "\"" + new string('x', 100_000).Insert(0, _random.Next().ToString(CultureInfo.InvariantCulture)) + "\""
            : Values[_random.Next(Values.Length)];

    private byte[] Damage(byte[] bytes)
    {
        if (bytes.Length == 0)
            return [(byte)_random.Next(256)];
        var at = _random.Next(bytes.Length);
        switch (_random.Next(4))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]];
            case 2:
                return [.. bytes, .. bytes[at..]];
            default:
                bytes[at] = (byte)_random.Next(256);
                return bytes;
        }
    }
}
