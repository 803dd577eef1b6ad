using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Entries: create, execute, mark, tag, delete.</summary>
internal static class EntriesApi
{
    private static readonly string[] Formats = ["table", "json", "text", "markdown", "html"];

    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        routes.Map("POST", "/entry/formatted", call => One(world, Formatted(world, XsoarBody.Read(call), options)));
        routes.Map("POST", "/entry", call => One(world, Typed(world, XsoarBody.Read(call)).Entry));
        routes.Map(
            "POST",
            "/entry/execute/sync",
            call => new Answer(200, Json.Array(Typed(world, XsoarBody.Read(call)).Results, EntryJson.Write))
        );
        routes.Map("POST", "/entry/note", call => One(world, Note(world, XsoarBody.Read(call))));
        routes.Map(
            "POST",
            "/entry/tags",
            call =>
            {
                var json = XsoarBody.Read(call);
                var tags = json.Strings("tags");
                return One(world, world.Change(json.Demand("id"), entry => entry.Tags = tags, json.Version()));
            }
        );
        routes.Map(
            "POST",
            "/entry/delete/v2",
            call => One(world, world.DeleteEntry(XsoarBody.Read(call).Demand("id")))
        );
    }

    public static Answer One(XsoarWorld world, SandboxEntry entry) =>
        new(200, world.Read(() => Json.Bytes(entry, EntryJson.Write)));

    private static SandboxEntry Formatted(XsoarWorld world, JsonElement json, SandboxOptions options)
    {
        var format = json.Text("format") ?? "text";
        if (!Formats.Contains(format))
            throw XsoarException.BadRequest($"Unknown format {format}");
        var investigation = world.Investigation(json.Text("investigationId") ?? "");
        if (!options.Xsoar.FormattedEntriesIgnoreClosing)
            world.Open(investigation.Id);
        return Write(world, investigation, json.Text("contents") ?? "", options.FormattedEntryCategory, format);
    }

    private static SandboxEntry Write(
        XsoarWorld world,
        SandboxIncident investigation,
        string contents,
        string category,
        string format,
        bool note = false
    ) =>
        world.Append(
            investigation,
            (id, now) =>
                new SandboxEntry
                {
                    Id = id,
                    InvestigationId = investigation.Id,
                    Category = category,
                    Contents = contents,
                    Format = format,
                    User = world.ApiAuthor,
                    CreatedBy = world.ApiCreator,
                    Note = note,
                    CreatedNanoseconds = now,
                    ModifiedNanoseconds = now,
                }
        );

    /// <summary>What a user types into the War Room: a text that begins with one of three characters is executed, not
    /// posted.</summary>
    private static (SandboxEntry Entry, IReadOnlyList<SandboxEntry> Results) Typed(XsoarWorld world, JsonElement json)
    {
        var data = json.Text("data") ?? "";
        if (json.Text("id") is { Length: > 0 } id && !world.Behaviour.EditsMakeNewEntries)
            return (Edit(world, id, data, json.Version()), []);
        var investigation = world.Open(json.Text("investigationId") ?? "");
        var sign = data.Length > 0 ? data[0] : ' ';
        var entry = Write(
            world,
            investigation,
            data,
            sign is '!' or '/' ? "commandAndResults" : "chat",
            json.Is("markdown") ? "markdown" : "text"
        );
        return (entry, sign is '!' or '/' or '@' ? world.Execute(entry, Arguments(json)) : []);
    }

    private static SandboxEntry Edit(XsoarWorld world, string id, string text, long? version) =>
        world.Locked(() =>
        {
            world.CheckVersion(world.Entry(id).Version, version);
            return world.EditEntry(id, text);
        });

    /// <summary><c>args</c> adds to the arguments of the command: <c>{"name":{"simple":"value"}}</c>.</summary>
    private static Dictionary<string, string> Arguments(JsonElement json)
    {
        var arguments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!json.TryGetProperty("args", out var args) || args.ValueKind != JsonValueKind.Object)
            return arguments;
        foreach (var argument in args.EnumerateObject())
            arguments[argument.Name] =
                argument.Value.ValueKind == JsonValueKind.Object
                    ? argument.Value.Text("simple") ?? argument.Value.Raw("complex", "")
                    : argument.Value.ToString();
        return arguments;
    }

    /// <summary>With an id it marks or unmarks an entry; without one the text becomes a new note.</summary>
    private static SandboxEntry Note(XsoarWorld world, JsonElement json)
    {
        var data = json.Text("data") ?? "";
        return json.Text("id") is { Length: > 0 } id
            ? world.MarkAsNote(id, data == "true", json.Version())
            : Write(
                world,
                world.Open(json.Text("investigationId") ?? ""),
                data,
                world.Behaviour.NoteCategory,
                json.Is("markdown") ? "markdown" : "text",
                note: true
            );
    }
}
