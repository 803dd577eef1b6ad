using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Which entries a call to <c>/investigation/{id}</c> gets. Names of fields are read without regard to case.</summary>
internal sealed class EntryFilter
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly SandboxOptions _options;

    public EntryFilter(JsonElement? body, SandboxOptions options)
    {
        _options = options;
        if (body is not { ValueKind: JsonValueKind.Object } json)
            return;
        foreach (var property in json.EnumerateObject())
            _fields[property.Name] = property.Value;
    }

    public List<SandboxEntry> Apply(List<SandboxEntry> entries)
    {
        var size = _options.WarRoomPageDefault;
        if (_fields.TryGetValue("pageSize", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var asked) && asked > 0)
            size = asked;
        size = Math.Min(size, _options.WarRoomPageCap);
        var first = Start(entries);
        var last = Position(entries, "lastId") is var end and >= 0 ? end : entries.Count - 1;
        var found = new List<SandboxEntry>();
        if (_options.WarRoomPageCut == WarRoomPageCut.OldestKept)
        {
            for (var i = first; i <= last && found.Count < size; i++)
                Take(entries[i], found);
            return found;
        }
        for (var i = last; i >= first && found.Count < size; i--)
            Take(entries[i], found);
        found.Reverse();
        return found;
    }

    private void Take(SandboxEntry entry, List<SandboxEntry> found)
    {
        if (Matches(entry))
            found.Add(entry);
    }

    /// <summary>Where the walk begins: entries are in order of creation, so <c>fromTime</c> is found by halving.</summary>
    private int Start(List<SandboxEntry> entries)
    {
        var first = Math.Max(0, Position(entries, "firstId"));
        if (_options.FromTimeComparesModified || FromTime() is not { } from)
            return first;
        int low = first, high = entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (entries[middle].CreatedNanoseconds < from)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private long? FromTime() => Instant.TryParse(Text("fromTime"), out var from) ? from : null;

    private int Position(List<SandboxEntry> entries, string field) => Text(field) is { Length: > 0 } id ? entries.FindIndex(entry => entry.Id == id) : -1;

    private bool Matches(SandboxEntry entry)
    {
        if (_options.FromTimeComparesModified && FromTime() is { } from && entry.ModifiedNanoseconds < from)
            return false;
        if (List("categories") is { Count: > 0 } categories ? !categories.Exists(it => IsIn(entry, it)) : entry.Deleted)
            return false;
        if (List("notCategories").Exists(it => IsIn(entry, it)))
            return false;
        if (List("users") is { Count: > 0 } users && !users.Contains(entry.User))
            return false;
        if (Text("parentID") is { Length: > 0 } parent && entry.ParentId != parent)
            return false;
        if (List("tags") is not { Count: > 0 } tags)
            return true;
        var all = _fields.TryGetValue("tagsAndOperator", out var and) && and.ValueKind == JsonValueKind.True;
        return all ? tags.TrueForAll(entry.Tags.Contains) : tags.Exists(entry.Tags.Contains);
    }

    /// <summary>Some categories of the filter are properties of an entry, and <c>chats</c> is written <c>chat</c> there.</summary>
    private static bool IsIn(SandboxEntry entry, string category) => category switch
    {
        "deleted" => entry.Deleted,
        _ when entry.Deleted => false,
        "chats" => entry.Category == "chat",
        "notes" => entry.Note,
        "attachments" => entry.File.Length > 0,
        "evidence" => entry.Pinned,
        _ => entry.Category == category,
    };

    private string? Text(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private List<string> List(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(static it => it.ToString())]
        : [];
}
