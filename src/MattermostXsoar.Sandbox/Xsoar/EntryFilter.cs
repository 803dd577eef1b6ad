using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Which entries a call to <c>/investigation/{id}</c> returns. Names of fields are read ignoring
/// case.</summary>
internal sealed class EntryFilter
{
    /// <summary>The types that a server in a typed language accepts; anything else does not fit its
    /// structure.</summary>
    private static readonly Dictionary<string, JsonValueKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pageSize"] = JsonValueKind.Number,
        ["fromTime"] = JsonValueKind.String,
        ["categories"] = JsonValueKind.Array,
        ["notCategories"] = JsonValueKind.Array,
        ["tags"] = JsonValueKind.Array,
        ["users"] = JsonValueKind.Array,
    };

    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly SandboxOptions _options;
    private readonly long? _from;

    public EntryFilter(JsonElement? body, SandboxOptions options)
    {
        _options = options;
        if (body is not { } json)
            return;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (Kinds.TryGetValue(property.Name, out var kind) && kind != property.Value.ValueKind)
                throw XsoarException.BadRequest($"{property.Name} is not of the right type");
            _fields[property.Name] = property.Value;
        }
        if (Text("fromTime") is not { Length: > 0 } time)
            return;
        if (!Instant.TryParse(time, out var from))
            throw XsoarException.BadRequest($"fromTime is not a time: {time}");
        _from = options.Xsoar.FromTimeIsExclusive ? from + 1 : from;
    }

    public IReadOnlyList<SandboxEntry> Apply(SandboxIncident investigation)
    {
        var entries = investigation.EntriesFollowTime
            ? investigation.Entries
            : [.. investigation.Entries.OrderBy(static it => it.CreatedNanoseconds)];
        var found = Cut(entries, Size());
        return _options.Xsoar.EntryOrdering switch
        {
            WarRoomOrder.Descending => [.. found.AsEnumerable().Reverse()],
            WarRoomOrder.Mixed => [.. found.OrderBy(static it => Jumble(it.CreatedNanoseconds))],
            _ => found,
        };
    }

    private static ulong Jumble(long time) => (ulong)time * 0x9E3779B97F4A7C15;

    private int Size()
    {
        var size = _options.WarRoomPageDefault;
        if (
            _fields.TryGetValue("pageSize", out var given)
            && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt32(out var asked)
            && asked > 0
        )
            size = asked;
        return Math.Min(size, _options.WarRoomPageCap);
    }

    private List<SandboxEntry> Cut(List<SandboxEntry> entries, int size)
    {
        var first = Start(entries);
        var last = Position(entries, "lastId") is var end and >= 0 ? end : entries.Count - 1;
        if (Position(entries, "selectedEntryID") is var middle and >= 0)
            (first, last) = (Math.Max(first, middle - (size / 2)), Math.Min(last, middle + (size / 2)));
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

    /// <summary>Where the search begins: entries are in order of creation, so <c>fromTime</c> is found by binary
    /// search.</summary>
    private int Start(List<SandboxEntry> entries)
    {
        var first = Math.Max(0, Position(entries, "firstId"));
        if (_options.FromTimeComparesModified || _from is not { } from)
            return first;
        int low = first,
            high = entries.Count;
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

    private int Position(List<SandboxEntry> entries, string field) =>
        _options.Xsoar.HonoursEntryPositions && Text(field) is { Length: > 0 } id
            ? entries.FindIndex(entry => entry.Id == id)
            : -1;

    private bool Matches(SandboxEntry entry)
    {
        if (_options.FromTimeComparesModified && entry.ModifiedNanoseconds < _from)
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

    /// <summary>Some categories of the filter are properties of an entry, and <c>chats</c> is <c>chat</c> in an
    /// entry.</summary>
    private static bool IsIn(SandboxEntry entry, string category) =>
        category switch
        {
            "deleted" => entry.Deleted,
            _ when entry.Deleted => false,
            "chats" => entry.Category == "chat",
            "notes" => entry.Note,
            "attachments" => entry.File.Length > 0,
            "evidence" => entry.Pinned,
            _ => entry.Category == category,
        };

    private string? Text(string name) =>
        _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private List<string> List(string name) =>
        _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(static it => it.ToString())]
            : [];
}
