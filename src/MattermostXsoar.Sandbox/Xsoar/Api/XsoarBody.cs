using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Reads a JSON body as the handlers need it.</summary>
internal static class XsoarBody
{
    /// <exception cref="XsoarException">400: the body is not a JSON object.</exception>
    public static JsonElement Read(ApiCall call) =>
        call.Json is { ValueKind: JsonValueKind.Object } json
            ? json
            : throw XsoarException.BadRequest("Could not parse the body");

    /// <summary>The same for a call whose body is optional.</summary>
    /// <exception cref="XsoarException">400: there is a body that is not a JSON object.</exception>
    public static JsonElement? ReadIfAny(ApiCall call) => call.Body.IsEmpty ? null : Read(call);

    public static bool Is(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A version; the description's own examples also write it as text.</summary>
    public static long? Version(this JsonElement json) =>
        json.TryGetProperty("version", out var value) && long.TryParse(value.ToString(), out var number)
            ? number
            : null;

    public static IReadOnlyList<string> Strings(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(static it => it.ToString())]
            : [];

    public static string Raw(this JsonElement json, string name, string fallback) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.GetRawText()
            : fallback;

    public static string Demand(this JsonElement json, string name) =>
        json.Text(name) is { Length: > 0 } value ? value : throw XsoarException.BadRequest($"{name} is missing");
}
