using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>Incidents and investigations as the server writes them.</summary>
internal static class IncidentJson
{
    public static void Write(Utf8JsonWriter writer, SandboxIncident it)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, it.Id);
        writer.WriteNumber("version"u8, it.Version);
        writer.WriteString("name"u8, it.Name);
        writer.WriteString("type"u8, it.Type);
        writer.WriteNumber("status"u8, it.Status);
        writer.WriteNumber("severity"u8, it.Severity);
        writer.WriteString("owner"u8, it.Owner);
        writer.WriteString("created"u8, Instant.Format(it.CreatedNanoseconds));
        writer.WriteString("modified"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("occurred"u8, Instant.Format(it.CreatedNanoseconds));
        writer.WriteString("closed"u8, Instant.Format(it.ClosedNanoseconds));
        writer.WriteString("dueDate"u8, Instant.Format(0));
        writer.WriteString("investigationId"u8, it.HasInvestigation ? it.Id : "");
        writer.WriteString("playbookId"u8, "");
        writer.WriteString("runStatus"u8, "");
        writer.WriteString("phase"u8, "");
        writer.WriteString("category"u8, "");
        writer.WriteString("closeReason"u8, it.CloseReason);
        writer.WriteString("closeNotes"u8, it.CloseNotes);
        writer.WriteString("closingUserId"u8, it.ClosingUser);
        writer.WriteString("details"u8, it.Details);
        writer.WritePropertyName("labels"u8);
        writer.WriteRawValue(it.LabelsJson, true);
        writer.WriteString("sourceBrand"u8, "Manual");
        writer.WriteString("sourceInstance"u8, it.Owner);
        writer.WriteNumber("linkedCount"u8, 0);
        writer.WriteNumber("openDuration"u8, 0);
        writer.WriteNull("roles"u8);
        writer.WriteNull("attachment"u8);
        writer.WriteString("changeStatus"u8, it.Version == 1 ? "new" : "updated");
        writer.WriteNumber("insights"u8, 0);
        writer.WritePropertyName("CustomFields"u8);
        writer.WriteRawValue(it.CustomFieldsJson, true);
        writer.WriteStartArray("sortValues"u8);
        writer.WriteStringValue(it.Id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>An investigation. <c>entries</c> is missing when nothing matches, as observed.</summary>
    public static void WriteInvestigation(Utf8JsonWriter writer, SandboxIncident it, IReadOnlyList<SandboxEntry>? entries)
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
        writer.WriteString("creatingUserId"u8, it.Owner);
        foreach (var name in new[] { "users", "entryUsers" })
        {
            writer.WriteStartArray(name);
            foreach (var user in it.Users)
                writer.WriteStringValue(user);
            writer.WriteEndArray();
        }
        writer.WriteString("lastOpen"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("runStatus"u8, "");
        writer.WriteString("category"u8, "");
        writer.WriteString("details"u8, "");
        writer.WriteNull("tags"u8);
        writer.WriteNull("roles"u8);
        writer.WriteBoolean("hasRole"u8, false);
        writer.WriteNull("childInvestigations"u8);
        writer.WriteString("parentInvestigation"u8, "");
        writer.WriteBoolean("isChildInvestigation"u8, false);
        writer.WriteNull("mirrorTypes"u8);
        writer.WriteNull("mirrorAutoClose"u8);
        writer.WriteString("slackMirrorType"u8, "");
        writer.WriteBoolean("slackMirrorAutoClose"u8, false);
        writer.WriteNull("entitlements"u8);
        writer.WriteNull("persistentEntitlements"u8);
        if (entries is { Count: > 0 })
        {
            writer.WriteStartArray("entries"u8);
            foreach (var entry in entries)
                EntryJson.Write(writer, entry);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
