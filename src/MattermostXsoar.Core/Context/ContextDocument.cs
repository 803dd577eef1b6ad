using System.Collections;
using System.Collections.Specialized;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Context;

/// <summary>
/// Objects in the form of XSOAR's context, <c>{"Mattermost":{"Team":{…}}}</c>: a single object of a prefix is an
/// object, several are a list.
/// </summary>
internal sealed class ContextDocument
{
    // The JSON is readable for people; it is not put into HTML.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // The objects by prefix, in the order of the first object of each.
    private readonly List<(string Prefix, List<JsonObject> Items)> _prefixes = [];

    // The original writes a user's channels as one list.
    private readonly Dictionary<string, ContextEntry> _channelsOfUsers = new(StringComparer.Ordinal);

    /// <summary>Whether nothing has been added.</summary>
    public bool IsEmpty => _prefixes.Count == 0;

    /// <summary>Adds an object.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument for an object of another type.</exception>
    public void Add(object? item)
    {
        if (item is MattermostUserChannel further && _channelsOfUsers.TryGetValue(further.UserId, out var known))
        {
            known.AddChannel(further.Channel);
            return;
        }

        var entry =
            ContextEntry.Of(item)
            ?? throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                item is null
                    ? "A null value cannot be converted to the context."
                    : $"An object of type {item.GetType().Name} cannot be converted to the context.",
                "Give teams, channels, users, groups or members of groups, as the module's Get- cmdlets return them."
            );
        if (item is MattermostUserChannel first)
            _channelsOfUsers.Add(first.UserId, entry);
        var items = _prefixes.Find(other => other.Prefix == entry.Prefix).Items;
        if (items is null)
            _prefixes.Add((entry.Prefix, items = []));
        items.Add(entry.Fields);
    }

    /// <summary>The document as JSON, in one line.</summary>
    public string ToJson()
    {
        var prefixes = new JsonObject();
        foreach (var (prefix, items) in _prefixes)
            prefixes.Add(
                prefix,
                items.Count == 1 ? items[0].DeepClone() : new JsonArray([.. items.Select(item => item.DeepClone())])
            );
        return new JsonObject { ["Mattermost"] = prefixes }.ToJsonString(Readable);
    }

    /// <summary>
    /// The document as ordered dictionaries, lists and plain values; names are case-insensitive, as in PowerShell.
    /// </summary>
    public IDictionary ToDictionary()
    {
        using var document = JsonDocument.Parse(ToJson());
        return Dictionary(document.RootElement);
    }

    private static OrderedDictionary Dictionary(JsonElement item)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var field in item.EnumerateObject())
            dictionary[field.Name] = Plain(field.Value);
        return dictionary;
    }

    private static object? Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => Dictionary(value),
            JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : (object)value.GetDouble(),
            _ => null,
        };
}
