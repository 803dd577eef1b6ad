using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>War Room entries as the server writes them.</summary>
internal static class EntryJson
{
    public static void Write(Utf8JsonWriter writer, SandboxEntry it)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, it.Id);
        writer.WriteNumber("version"u8, it.Version);
        writer.WriteString("investigationId"u8, it.InvestigationId);
        writer.WriteNumber("type"u8, it.Type);
        writer.WriteString("category"u8, it.Category);
        writer.WritePropertyName("contents"u8);
        if (it.ContentsIsJson)
            writer.WriteRawValue(it.Contents, true);
        else
            writer.WriteStringValue(it.Contents);
        writer.WriteNumber("contentsSize"u8, Encoding.UTF8.GetByteCount(it.Contents));
        writer.WriteString("format"u8, it.Format);
        writer.WriteString("user"u8, it.User);
        writer.WriteString("created"u8, Instant.Format(it.CreatedNanoseconds));
        writer.WriteString("modified"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("parentId"u8, it.ParentId);
        writer.WriteNull("parentContent"u8);
        writer.WriteBoolean("parentEntryTruncated"u8, false);
        writer.WriteBoolean("note"u8, it.Note);
        writer.WriteBoolean("pinned"u8, it.Pinned);
        WriteTags(writer, "tags", it.Tags);
        WriteTags(writer, "tagsRaw", it.Tags);
        writer.WriteString("system"u8, "");
        writer.WriteString("brand"u8, "Builtin");
        writer.WriteString("instance"u8, "Builtin");
        writer.WriteString("file"u8, it.File);
        writer.WriteString("fileID"u8, it.File.Length > 0 ? it.Id : "");
        WriteFile(writer, it);
        WriteTask(writer, it);
        writer.WriteString("taskId"u8, it.TaskId);
        writer.WriteString("playbookId"u8, "");
        writer.WriteString("errorSource"u8, "");
        if (it.Deleted)
            writer.WriteBoolean("deleted"u8, true);
        WriteHistory(writer, it);
        writer.WriteBoolean("readOnly"u8, false);
        writer.WriteBoolean("mirrored"u8, false);
        writer.WriteBoolean("scheduled"u8, false);
        writer.WriteBoolean("recurrent"u8, false);
        writer.WriteBoolean("isTodo"u8, false);
        writer.WriteString("dbotCreatedBy"u8, it.CreatedBy);
        writer.WriteString("retryTime"u8, Instant.Format(0));
        writer.WriteString("incidentCreationTime"u8, Instant.Format(0));
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, string name, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartArray(name);
        foreach (var tag in tags)
            writer.WriteStringValue(tag);
        writer.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter writer, SandboxEntry it)
    {
        if (it.File.Length == 0)
        {
            writer.WriteNull("fileMetadata"u8);
            return;
        }
        writer.WriteStartObject("fileMetadata"u8);
        writer.WriteString("info"u8, "");
        writer.WriteBoolean("isMediaFile"u8, it.Type == 7);
        writer.WriteString("md5"u8, it.Stored?.Hashes?.Md5 ?? "");
        writer.WriteString("sha1"u8, it.Stored?.Hashes?.Sha1 ?? "");
        writer.WriteString("sha256"u8, it.Stored?.Hashes?.Sha256 ?? "");
        writer.WriteString("sha512"u8, it.Stored?.Hashes?.Sha512 ?? "");
        writer.WriteNumber("size"u8, it.FileSize);
        writer.WriteString("ssdeep"u8, "");
        writer.WriteString("type"u8, it.Type == 7 ? "image/png" : "application/octet-stream");
        writer.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter writer, SandboxEntry it)
    {
        if (it.TaskName.Length == 0)
        {
            writer.WriteNull("entryTask"u8);
            return;
        }
        writer.WriteStartObject("entryTask"u8);
        writer.WriteString("playbookName"u8, "Playbook");
        writer.WriteString("taskId"u8, it.TaskId.Length > 0 ? it.TaskId : "1");
        writer.WriteString("taskName"u8, it.TaskName);
        writer.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter writer, SandboxEntry it)
    {
        if (it.History.Count == 0)
        {
            writer.WriteNull("history"u8);
            return;
        }
        writer.WriteStartArray("history"u8);
        foreach (var change in it.History)
        {
            writer.WriteStartObject();
            writer.WriteString("contentDate"u8, Instant.Format(change.Nanoseconds));
            writer.WriteString("contents"u8, change.Contents);
            writer.WriteString("contentsFormat"u8, change.Format);
            writer.WriteString("user"u8, change.User);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
