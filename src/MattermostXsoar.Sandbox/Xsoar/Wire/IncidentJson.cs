using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>Incidents as the server writes them.</summary>
internal static class IncidentJson
{
    public static void Write(Utf8JsonWriter writer, SandboxIncident it) => Write(writer, it, [it.Id]);

    /// <param name="writer">The writer.</param>
    /// <param name="it">The incident.</param>
    /// <param name="sortValues">Its position in the search that found it.</param>
    /// <param name="withId">Whether the id is written: some 8.x answer a new incident without it.</param>
    /// <param name="status">A status other than the current one.</param>
    public static void Write(
        Utf8JsonWriter writer,
        SandboxIncident it,
        IReadOnlyList<string> sortValues,
        bool withId = true,
        int? status = null
    )
    {
        writer.WriteStartObject();
        if (withId)
            writer.WriteString("id"u8, it.Id);
        writer.WriteNumber("version"u8, it.Version);
        writer.WriteString("name"u8, it.Name);
        writer.WriteString("type"u8, it.Type);
        writer.WriteNumber("status"u8, status ?? it.Status);
        writer.WriteNumber("severity"u8, it.Severity);
        writer.WriteString("owner"u8, it.Owner);
        writer.WriteString("created"u8, Instant.Format(it.CreatedNanoseconds));
        writer.WriteString("modified"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("occurred"u8, Instant.Format(it.OccurredNanoseconds));
        writer.WriteString("closed"u8, Instant.Format(it.ClosedNanoseconds));
        writer.WriteString("dueDate"u8, Instant.Format(it.DueNanoseconds));
        writer.WriteString("activated"u8, Instant.Format(it.OpenedNanoseconds));
        writer.WriteString("lastOpen"u8, Instant.Format(it.OpenedNanoseconds));
        writer.WriteString("investigationId"u8, it.HasInvestigation && withId ? it.Id : "");
        writer.WriteString("playbookId"u8, it.PlaybookId);
        writer.WriteString("runStatus"u8, InvestigationJson.RunStatus(it));
        writer.WriteString("phase"u8, it.Phase);
        writer.WriteString("category"u8, it.Category);
        writer.WriteString("reason"u8, it.Reason);
        writer.WriteString("parent"u8, it.Parent);
        writer.WriteString("closeReason"u8, it.CloseReason);
        writer.WriteString("closeNotes"u8, it.CloseNotes);
        writer.WriteString("closingUserId"u8, it.ClosingUser);
        writer.WriteString("details"u8, it.Details);
        writer.WriteString("rawJSON"u8, it.RawJson);
        writer.WritePropertyName("labels"u8);
        writer.WriteRawValue(it.LabelsJson, true);
        writer.WriteString("sourceBrand"u8, "Manual");
        writer.WriteString("sourceInstance"u8, it.Owner);
        writer.WriteNumber("linkedCount"u8, 0);
        writer.WriteNull("linkedIncidents"u8);
        writer.WriteNumber(
            "openDuration"u8,
            it.ClosedNanoseconds == 0 ? 0 : Math.Max(0, it.ClosedNanoseconds - it.CreatedNanoseconds) / 1_000_000_000
        );
        WriteRoles(writer, it);
        WriteAttachments(writer, it);
        writer.WriteString("changeStatus"u8, it.Version == 1 ? "new" : "updated");
        writer.WriteNumber("insights"u8, 0);
        writer.WritePropertyName("CustomFields"u8);
        writer.WriteRawValue(it.CustomFieldsJson, true);
        writer.WriteStartArray("sortValues"u8);
        foreach (var value in sortValues)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAttachments(Utf8JsonWriter writer, SandboxIncident it)
    {
        if (it.Attachments.Count == 0)
        {
            writer.WriteNull("attachment"u8);
            return;
        }
        writer.WriteStartArray("attachment"u8);
        foreach (var file in it.Attachments)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, file.Name);
            writer.WriteString("path"u8, file.Path);
            writer.WriteString("type"u8, file.Type);
            writer.WriteString("description"u8, file.Description);
            writer.WriteBoolean("showMediaFile"u8, file.ShowMediaFile);
            writer.WriteBoolean("isTempPath"u8, false);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteRoles(Utf8JsonWriter writer, SandboxIncident incident)
    {
        if (incident.Roles.Count == 0)
        {
            writer.WriteNull("roles"u8);
            return;
        }
        writer.WriteStartArray("roles"u8);
        foreach (var role in incident.Roles)
            writer.WriteStringValue(role);
        writer.WriteEndArray();
    }
}
