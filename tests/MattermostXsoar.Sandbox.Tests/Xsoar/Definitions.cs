using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>XSOAR's own description of answers and requests.</summary>
internal static class Definitions
{
    private static readonly JsonElement All = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Recorded.Repository, "tests", "recorded", "xsoar", "definitions.json")))
        .RootElement;

    /// <summary>The calls that the description has, as <c>POST /entry</c>, with their parameters.</summary>
    public static IEnumerable<(string Call, JsonElement Parameters)> Requests =>
        All.GetProperty("requests").EnumerateObject().Select(static it => (it.Name, it.Value));

    /// <summary>Asserts that every field is one of the definition's, of its type, and that none is missing that such
    /// answers always have.</summary>
    public static void AssertFits(string definition, JsonElement value) => Check(definition, value, definition);

    public static void AssertFitsAll(string definition, JsonElement list)
    {
        Assert.NotEqual(0, list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
            Check(definition, item, definition);
    }

    private static void Check(string name, JsonElement value, string path)
    {
        var definition = All.GetProperty("definitions").GetProperty(name);
        if (!definition.TryGetProperty("properties", out var properties))
        {
            CheckType(definition, value, path);
            return;
        }
        Assert.True(value.ValueKind == JsonValueKind.Object, $"{path}: an object is expected, got {value}");
        var beyond = Names("beyond", name);
        foreach (var field in value.EnumerateObject())
        {
            if (properties.TryGetProperty(field.Name, out var property))
                CheckType(property, field.Value, $"{path}.{field.Name}");
            else
                Assert.True(beyond.Contains(field.Name), $"{path}.{field.Name} is in no description");
        }
        foreach (var shown in Names("shown", name))
            Assert.True(value.TryGetProperty(shown, out _), $"{path}.{shown} is missing");
    }

    private static List<string> Names(string list, string definition) =>
        All.GetProperty(list).TryGetProperty(definition, out var names)
            ? [.. names.EnumerateArray().Select(static it => it.GetString()!)]
            : [];

    private static void CheckType(JsonElement property, JsonElement value, string path)
    {
        var nullable = value.ValueKind == JsonValueKind.Null;
        if (property.TryGetProperty("$ref", out var reference))
        {
            var target = All.GetProperty("definitions").GetProperty(reference.GetString()!);
            if (
                !nullable
                || !target.TryGetProperty("type", out var kind)
                || kind.GetString() is not ("object" or "array")
            )
                Check(reference.GetString()!, value, path);
            return;
        }
        switch (property.TryGetProperty("type", out var type) ? type.GetString() : "object")
        {
            case "string":
                Assert.True(
                    value.ValueKind == JsonValueKind.String,
                    $"{path}: text is expected, got {value.ValueKind}"
                );
                if (property.TryGetProperty("format", out var format) && format.GetString() == "date-time")
                    Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$", value.GetString());
                break;
            case "integer":
                Assert.True(
                    value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                    $"{path}: a whole number is expected, got {value}"
                );
                break;
            case "number":
                Assert.True(value.ValueKind == JsonValueKind.Number, $"{path}: a number is expected, got {value}");
                break;
            case "boolean":
                Assert.True(
                    value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                    $"{path}: true or false is expected, got {value}"
                );
                break;
            case "array" when !nullable:
                Assert.True(value.ValueKind == JsonValueKind.Array, $"{path}: a list is expected, got {value}");
                if (property.TryGetProperty("items", out var items))
                {
                    foreach (var item in value.EnumerateArray())
                        CheckType(items, item, path + "[]");
                }
                break;
            case "object"
                when property.TryGetProperty("additionalProperties", out var each)
                    && value.ValueKind == JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                    CheckType(each, field.Value, $"{path}.{field.Name}");
                break;
        }
    }
}
