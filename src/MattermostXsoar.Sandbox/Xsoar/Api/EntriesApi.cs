using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>War Rooms: read and written.</summary>
internal static class EntriesApi
{
    private static readonly string[] Formats = ["table", "json", "text", "markdown", "html"];

    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        routes.Map("POST", "/investigation/{}", call =>
        {
            var filter = new EntryFilter(call.Json, options);
            return new Answer(200, world.Read(() =>
            {
                var investigation = world.Investigation(call.Values[0]);
                return Json.Bytes((investigation, entries: filter.Apply(investigation.Entries)), static (writer, it) => IncidentJson.WriteInvestigation(writer, it.investigation, it.entries));
            }));
        });
        routes.Map("POST", "/entry/formatted", call =>
        {
            var json = Body(call);
            var format = json.Text("format") ?? "text";
            if (!Formats.Contains(format))
                throw XsoarException.BadRequest($"Unknown format {format}");
            return One(world, world.AddEntry(json.Text("investigationId") ?? "", world.ApiUser, json.Text("contents") ?? "", options.FormattedEntryCategory, format));
        });
        routes.Map("POST", "/entry", call => Type(world, Body(call)));
        routes.Map("POST", "/entry/note", call => Note(world, Body(call)));
        routes.Map("POST", "/entry/tags", call =>
        {
            var json = Body(call);
            string[] tags = json.TryGetProperty("tags", out var given) && given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(static it => it.ToString())] : [];
            return One(world, world.Change(json.Text("id") ?? "", entry => entry.Tags = tags));
        });
    }

    private static JsonElement Body(ApiCall call) => call.Json is { ValueKind: JsonValueKind.Object } json ? json : throw XsoarException.BadRequest("Could not parse the body");

    private static Answer One(XsoarWorld world, SandboxEntry entry) => new(200, world.Read(() => Json.Bytes(entry, EntryJson.Write)));

    /// <summary>What a user types into the War Room: a line that begins with one of three signs is run, not said.</summary>
    private static Answer Type(XsoarWorld world, JsonElement json)
    {
        var data = json.Text("data") ?? "";
        var isCommand = data.Length > 0 && data[0] is '!' or '/' or '@';
        var markdown = json.TryGetProperty("markdown", out var it) && it.ValueKind == JsonValueKind.True;
        var entry = world.AddEntry(json.Text("investigationId") ?? "", world.ApiUser, data, isCommand ? "commandAndResults" : "chat", markdown ? "markdown" : "text");
        if (isCommand)
            world.Execute(data);
        return One(world, entry);
    }

    private static Answer Note(XsoarWorld world, JsonElement json)
    {
        var data = json.Text("data") ?? "";
        return json.Text("id") is { Length: > 0 } id
            ? One(world, world.Change(id, entry => entry.Note = data == "true"))
            : One(world, world.AddEntry(json.Text("investigationId") ?? "", world.ApiUser, data, "chat", "markdown", note: true));
    }
}
