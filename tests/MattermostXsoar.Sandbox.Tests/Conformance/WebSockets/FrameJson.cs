using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Frames as JSON in which the JSON in strings (<c>post</c>, <c>mentions</c>, <c>reaction</c> …) is
/// expanded.</summary>
internal static class FrameJson
{
    /// <summary>A field that is a string with JSON becomes <c>name (string)</c>, so that it differs from a plain
    /// object.</summary>
    /// <remarks>Without its number, which depends on what was sent before.</remarks>
    public static JsonElement Unfold(string text, IdMap? ids = null)
    {
        var frame = Unfold(JsonNode.Parse(text), ids)!.AsObject();
        frame.Remove("seq");
        return JsonSerializer.SerializeToElement(frame);
    }

    private static JsonNode? Unfold(JsonNode? node, IdMap? ids)
    {
        if (node is JsonArray array)
            return new JsonArray([.. Sorted(array, ids).Select(it => Unfold(it?.DeepClone(), ids))]);
        if (node is not JsonObject fields)
            return node?.DeepClone();
        var unfolded = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (
                value is JsonValue
                && value.GetValueKind() == JsonValueKind.String
                && value.GetValue<string>() is ['{' or '[', .., '}' or ']'] inner
            )
                unfolded[name + " (string)"] = Unfold(JsonNode.Parse(inner), ids);
            else if (name == "server_version")
                unfolded[name] = Release(value!.GetValue<string>());
            else
                unfolded[name] = Unfold(value, ids);
        }
        return unfolded;
    }

    /// <summary>Lists of ids are sorted by id, which is random: both are put into the sandbox's order.</summary>
    private static IEnumerable<JsonNode?> Sorted(JsonArray array, IdMap? ids) =>
        array.All(static it =>
            it is JsonValue value
            && value.GetValueKind() == JsonValueKind.String
            && RecordedCall.Identifier().IsMatch(value.GetValue<string>())
        )
            ? array.OrderBy(
                it => ids is not null && ids.TryGet(it!.GetValue<string>(), out var id) ? id : it!.GetValue<string>(),
                StringComparer.Ordinal
            )
            : array;

    /// <summary>The version and whether it is licensed, without the build and the hash of the configuration between
    /// them.</summary>
    private static string Release(string version) =>
        $"{string.Join('.', version.Split(".release-")[0].Split('.').Take(3))} {version.Split('.')[^1]}";
}
