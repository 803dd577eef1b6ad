using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>Field names and JSON types of a value, the same for a recording and the sandbox's answer.</summary>
internal static class Shape
{
    /// <summary>Asserts that both have the same fields with the same types; arrays compare their first items.</summary>
    public static void AssertSame(JsonElement recorded, JsonElement actual, params string[] except) =>
        Compare("$", recorded, actual, except);

    private static void Compare(string path, JsonElement recorded, JsonElement actual, string[] except)
    {
        Assert.True(Kind(recorded) == Kind(actual), $"{path}: recorded {Kind(recorded)}, got {Kind(actual)} {actual}");
        if (recorded.ValueKind == JsonValueKind.Object)
        {
            var expected = Names(recorded, except);
            var got = Names(actual, except);
            Assert.True(
                expected.SequenceEqual(got),
                $"{path}: recorded {string.Join(",", expected)}\ngot {string.Join(",", got)}"
            );
            foreach (var name in expected)
                Compare($"{path}.{name}", recorded.GetProperty(name), actual.GetProperty(name), except);
        }
        else if (
            recorded.ValueKind == JsonValueKind.Array
            && recorded.GetArrayLength() > 0
            && actual.GetArrayLength() > 0
        )
        {
            Compare(path + "[0]", recorded[0], actual[0], except);
        }
    }

    private static string[] Names(JsonElement value, string[] except) =>
        [
            .. value
                .EnumerateObject()
                .Select(it => it.Name)
                .Where(name => !except.Contains(name))
                .Order(StringComparer.Ordinal),
        ];

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
