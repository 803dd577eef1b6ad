using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>Investigations as the server writes them.</summary>
internal static class InvestigationJson
{
    private static readonly string[] UserLists = ["users", "entryUsers"];

    /// <summary>An investigation in a search's results, without entries.</summary>
    public static void Write(Utf8JsonWriter writer, SandboxIncident it) => Write(writer, it, null, EmptyEntries.Absent);

    /// <summary>An investigation with the requested entries.</summary>
    public static void Write(
        Utf8JsonWriter writer,
        SandboxIncident it,
        IReadOnlyList<SandboxEntry>? entries,
        EmptyEntries whenEmpty
    )
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, it.Id);
        writer.WriteNumber("version"u8, it.Version);
        writer.WriteString("name"u8, it.Name);
        writer.WriteNumber("type"u8, it.InvestigationType);
        writer.WriteNumber("status"u8, it.IsClosed ? 1 : 0);
        writer.WriteString("created"u8, Instant.Format(it.CreatedNanoseconds));
        writer.WriteString("modified"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("closed"u8, Instant.Format(it.ClosedNanoseconds));
        writer.WriteString("closingUserId"u8, it.ClosingUser);
        writer.WriteString("creatingUserId"u8, it.CreatingUser.Length > 0 ? it.CreatingUser : it.Owner);
        if (it.CreatedBy.Length > 0)
            writer.WriteString("dbotCreatedBy"u8, it.CreatedBy);
        foreach (var name in UserLists)
            WriteStrings(writer, name, it.Users);
        writer.WriteString("lastOpen"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("runStatus"u8, RunStatus(it));
        writer.WriteString("category"u8, it.Category);
        writer.WriteString("details"u8, it.Details);
        writer.WriteNull("tags"u8);
        writer.WriteNull("roles"u8);
        writer.WriteBoolean("hasRole"u8, false);
        writer.WriteNull("childInvestigations"u8);
        writer.WriteString("parentInvestigation"u8, "");
        writer.WriteBoolean("isChildInvestigation"u8, false);
        WriteMap(writer, "mirrorTypes", it.MirrorTypes);
        writer.WriteNull("mirrorAutoClose"u8);
        writer.WriteString("slackMirrorType"u8, "");
        writer.WriteBoolean("slackMirrorAutoClose"u8, false);
        if (it.EntitlementIds.Count == 0)
            writer.WriteNull("entitlements"u8);
        else
            WriteStrings(writer, "entitlements", it.EntitlementIds);
        WriteMap(writer, "persistentEntitlements", it.PersistentEntitlements);
        if (entries is not null)
            WriteEntries(writer, entries, whenEmpty);
        writer.WriteEndObject();
    }

    public static string RunStatus(SandboxIncident it) =>
        it.Playbook?.State switch
        {
            null => "",
            "inprogress" => "running",
            var state => state,
        };

    private static void WriteEntries(Utf8JsonWriter writer, IReadOnlyList<SandboxEntry> entries, EmptyEntries whenEmpty)
    {
        if (entries.Count == 0 && whenEmpty == EmptyEntries.Absent)
            return;
        if (entries.Count == 0 && whenEmpty == EmptyEntries.Null)
        {
            writer.WriteNull("entries"u8);
            return;
        }
        writer.WriteStartArray("entries"u8);
        foreach (var entry in entries)
            EntryJson.Write(writer, entry);
        writer.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, ICollection<KeyValuePair<string, string>> map)
    {
        if (map.Count == 0)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
