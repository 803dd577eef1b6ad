using System.Text.Json;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>A recorded request with its answer.</summary>
internal sealed partial record RecordedCall(string Name, JsonElement Root)
{
    public JsonElement Request => Root.GetProperty("request");

    public string Method => Request.GetProperty("method").GetString()!;

    public string Path => Request.GetProperty("path").GetString()!;

    /// <summary>The recorder's name of the caller; null for calls without a token.</summary>
    public string? Caller => Request.TryGetProperty("as", out var caller) ? caller.GetString() : null;

    public int Status => Root.GetProperty("status").GetInt32();

    /// <summary>Whether it was recorded of 11.6.</summary>
    public bool IsNewer =>
        Headers.Any(static it => it.Name == "X-Version-Id" && it.Value.StartsWith("11.", StringComparison.Ordinal));

    public JsonElement Body => Root.GetProperty("body");

    public IEnumerable<(string Name, string Value)> Headers =>
        Root.GetProperty("headers").EnumerateObject().Select(static it => (it.Name, it.Value.GetString()!));

    /// <summary>The request for people to read: ids replaced, query included.</summary>
    public string Display
    {
        get
        {
            var query = Query;
            var text = Path + (query.Length == 0 ? "" : (Path.Contains('?') ? "&" : "?") + query);
            return $"{Method} {Identifier().Replace(text, "{id}").Replace("<id>", "{id}", StringComparison.Ordinal)}";
        }
    }

    /// <summary>The parameters that the recorder stored separately from the path.</summary>
    public string Query =>
        Request.TryGetProperty("params", out var parameters)
            ? string.Join(
                '&',
                parameters
                    .EnumerateObject()
                    .Select(static it => $"{it.Name}={Uri.EscapeDataString(it.Value.ToString())}")
            )
            : "";

    public static RecordedCall Load(string folder, string name) =>
        new(name, JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(folder, name + ".json"))).RootElement);

    /// <summary>The calls of <c>INDEX.tsv</c>, in the order in which they were recorded.</summary>
    public static IReadOnlyList<RecordedCall> LoadAll(string folder) =>
        [
            .. File.ReadLines(System.IO.Path.Combine(folder, "INDEX.tsv"))
                .Skip(1)
                .Select(line => Load(folder, line.Split('\t')[0].Replace(".json", "", StringComparison.Ordinal))),
        ];

    /// <summary>The recorder's servers.</summary>
    [GeneratedRegex("http://127\\.0\\.0\\.1:(?:8065|18085)(?![0-9])")]
    public static partial Regex Site();

    [GeneratedRegex("(?<![a-z0-9])(?:[a-z0-9]{26}|1[0-9]{12})(?![a-z0-9])")]
    public static partial Regex IdentifierOrTime();

    [GeneratedRegex("(?<![a-z0-9])[a-z0-9]{26}(?![a-z0-9])")]
    public static partial Regex Identifier();
}
