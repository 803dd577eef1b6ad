using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>
/// Whether a context path is there with the server's own value: as a property of what the command writes, in the
/// dictionary of ConvertTo-MattermostContext and in its JSON.
/// </summary>
internal sealed class PathContract(ContractScene scene)
{
    // As a script reads them; some are script properties.
    private const string ReadProperties =
        "$read = @{}; foreach ($name in $names) { if ($item.PSObject.Properties[$name]) { $read[$name] = $item.$name } }; $read";

    /// <summary>The faults of a command's paths, each under its path.</summary>
    public async Task<ILookup<string, string>> FaultsAsync(DocumentedCommand command)
    {
        var faults = new List<(string Path, string Fault)>();
        if (command.Paths.Count == 0)
            return faults.ToLookup(it => it.Path, it => it.Fault);
        var (line, readRawAsync) = Source(command);
        var objects = (await scene.InvokeAsync(line)).Succeeded();
        scene.Set("names", command.Paths.Select(path => path.Split('.')[^1]).ToArray());
        var raw = await readRawAsync();
        if (objects.Count == 0 || objects.Count != raw.Count)
            throw new InvalidOperationException(
                $"'{line}' writes {objects.Count} objects; the server has {raw.Count}."
            );

        for (var i = 0; i < raw.Count; i++)
        {
            scene.Set("item", objects[i]);
            var properties = (IDictionary)(await scene.InvokeAsync(ReadProperties)).Single().BaseObject;
            var dictionary = (IDictionary)
                (await scene.InvokeAsync("$item | ConvertTo-MattermostContext")).Single().BaseObject;
            using var json = JsonDocument.Parse(
                (await scene.InvokeAsync("$item | ConvertTo-MattermostContext -AsJson")).Single().ToString()
            );
            foreach (var path in command.Paths)
            {
                var name = path.Split('.')[^1];
                JsonElement? value = raw[i].TryGetProperty(name, out var sent) ? sent : null;
                void Check(bool holds, string where)
                {
                    if (!holds)
                        faults.Add((path, $"{command.Name}: {path} {where} is not the server's {value}"));
                }

                Check(properties.Contains(name) && IsSame(value, properties[name]), "on the object");
                Check(IsIn(dictionary, path, out var inContext) && IsSame(value, inContext), "in the context");
                Check(IsIn(json.RootElement, path, out var inJson) && IsSame(value, inJson), "in the context's JSON");
            }
        }

        return faults.ToLookup(it => it.Path, it => it.Fault);
    }

    private (string Line, Func<Task<IReadOnlyList<JsonElement>>> Raw) Source(DocumentedCommand command) =>
        command.Name switch
        {
            "mattermost-get-team" => (
                "mattermost-get-team -team_name panw",
                async () => [await scene.RawAsync("teams/name/panw")]
            ),
            "mattermost-list-channels" => (
                "mattermost-list-channels",
                () => ListAsync($"teams/{scene.TeamId}/channels")
            ),
            "mattermost-list-private-channels-for-user" => (
                "mattermost-list-private-channels-for-user -user_id user1",
                UserChannelsAsync
            ),
            "mattermost-create-channel" => (
                "mattermost-create-channel -display_name 'War room 7' -name war-room-7 -type private -purpose 'To try it' -header Tried",
                async () => [AtItsCreation(await scene.RawAsync($"teams/{scene.TeamId}/channels/name/war-room-7"))]
            ),
            "mattermost-list-users" => ("mattermost-list-users", () => ListAsync("users")),
            "mattermost-list-groups" => ("mattermost-list-groups", () => ListAsync("groups")),
            "mattermost-list-group-members" => (
                "mattermost-list-group-members -group_id $groupId",
                async () =>
                    [
                        .. (await scene.RawAsync($"groups/{scene.IdOfGroup("tier1")}/members"))
                            .GetProperty("members")
                            .EnumerateArray(),
                    ]
            ),
            _ => throw new InvalidOperationException($"{command.Name} has outputs that nothing here looks at."),
        };

    // The answer to the creation precedes the line that says who joined (rest-channels-create-public.json).
    private static JsonElement AtItsCreation(JsonElement channel)
    {
        var fields = JsonObject.Create(channel)!;
        fields["last_post_at"] = 0;
        return JsonSerializer.SerializeToElement(fields);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await scene.RawAsync(path + "?page=0&per_page=50")).EnumerateArray()];

    private async Task<IReadOnlyList<JsonElement>> UserChannelsAsync()
    {
        var id = (await scene.RawAsync("users/username/user1")).GetProperty("id").GetString();
        var channels = (await ListAsync($"users/{id}/teams/{scene.TeamId}/channels"))
            .Where(channel => channel.GetProperty("type").GetString() == "P")
            .ToList();
        Assert.NotEmpty(channels);
        return [JsonSerializer.SerializeToElement(new { id, Channels = channels })];
    }

    private static bool IsIn(IDictionary context, string path, out object? value)
    {
        value = context;
        foreach (var name in path.Split('.'))
        {
            if (value is not IDictionary level || !level.Contains(name))
                return false;
            value = level[name];
        }

        return true;
    }

    private static bool IsIn(JsonElement context, string path, out JsonElement value)
    {
        value = context;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return false;
        }

        return true;
    }

    // What the server does not send is nothing here, in whatever type.
    private static bool IsSame(JsonElement? raw, object? value) =>
        raw?.ValueKind switch
        {
            null or JsonValueKind.Null => value
                is null
                    or ""
                    or 0L
                    or false
                    or JsonElement { ValueKind: JsonValueKind.Null }
                || (
                    value is JsonElement other
                    && (other.ValueKind == JsonValueKind.False || other.ToString() is "" or "0")
                ),
            _ when value is JsonElement json => IsWithin(raw.Value, json),
            JsonValueKind.String => (value as string ?? (value as PSObject)?.BaseObject as string)
                == raw.Value.GetString(),
            JsonValueKind.Number => value is long number && number == raw.Value.GetInt64(),
            JsonValueKind.True or JsonValueKind.False => value is bool yes && yes == raw.Value.GetBoolean(),
            JsonValueKind.Object => IsWithin(raw.Value, JsonSerializer.SerializeToElement(value)),
            JsonValueKind.Array => value is IEnumerable items
                && items
                    .Cast<object>()
                    .Select(IdOf)
                    .SequenceEqual(raw.Value.EnumerateArray().Select(it => it.GetProperty("id").GetString())),
            _ => false,
        };

    private static string? IdOf(object item) =>
        Convert.ToString(
            item is IDictionary fields ? fields["id"] : PSObject.AsPSObject(item).Properties["id"].Value,
            CultureInfo.InvariantCulture
        );

    // Everything that was sent, as it was; of lists, in their order. What was sent as null may be left out below a
    // path.
    private static bool IsWithin(JsonElement raw, JsonElement found) =>
        (raw.ValueKind, found.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => raw.EnumerateObject()
                .All(field =>
                    found.TryGetProperty(field.Name, out var value)
                        ? IsWithin(field.Value, value)
                        : field.Value.ValueKind == JsonValueKind.Null
                ),
            (JsonValueKind.Array, JsonValueKind.Array) => raw.GetArrayLength() == found.GetArrayLength()
                && raw.EnumerateArray().Zip(found.EnumerateArray(), IsWithin).All(same => same),
            _ => JsonElement.DeepEquals(raw, found),
        };
}
