using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>Work plans and their tasks as the server writes them.</summary>
internal static class PlaybookJson
{
    public static void Write(Utf8JsonWriter writer, SandboxIncident investigation)
    {
        var it = investigation.Playbook!;
        writer.WriteStartObject();
        writer.WriteString("id"u8, investigation.Id);
        writer.WriteNumber("version"u8, it.Version);
        writer.WriteString("investigationId"u8, investigation.Id);
        writer.WriteString("name"u8, it.Name);
        writer.WriteString("playbookId"u8, it.Name);
        writer.WriteString("state"u8, it.State);
        writer.WriteString("startDate"u8, Instant.Format(it.StartNanoseconds));
        writer.WriteString("modified"u8, Instant.Format(it.ModifiedNanoseconds));
        writer.WriteString("incidentCreateDate"u8, Instant.Format(investigation.CreatedNanoseconds));
        writer.WriteString("comment"u8, "");
        writer.WriteString("startTaskId"u8, it.ById.Count > 0 ? it.ById.GetAt(0).Key : "");
        writer.WriteBoolean("hasRole"u8, false);
        writer.WriteNull("roles"u8);
        writer.WriteStartObject("tasks"u8);
        foreach (var (id, task) in it.ById)
        {
            writer.WritePropertyName(id);
            WriteTask(writer, task);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteTask(Utf8JsonWriter writer, SandboxTask it)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, it.Id);
        writer.WriteString("taskId"u8, it.TaskId);
        writer.WriteString("type"u8, it.Type);
        writer.WriteString("state"u8, it.State);
        writer.WriteString("assignee"u8, it.Assignee);
        writer.WriteBoolean("assigneeSet"u8, it.Assignee.Length > 0);
        writer.WriteString("dueDate"u8, Instant.Format(it.DueNanoseconds));
        writer.WriteString("startDate"u8, Instant.Format(it.StartNanoseconds));
        writer.WriteString("completedDate"u8, Instant.Format(it.CompletedNanoseconds));
        writer.WriteString("completedBy"u8, it.CompletedBy);
        writer.WriteNumber("completedCount"u8, it.CompletedCount);
        writer.WriteString("input"u8, it.Input);
        writer.WriteBoolean("comments"u8, it.Comment.Length > 0);
        writer.WriteBoolean("note"u8, it.IsNote);
        writer.WriteString("parentPlaybookID"u8, it.ParentPlaybookId);
        writer.WriteBoolean("restrictedCompletion"u8, false);
        writer.WritePropertyName("arguments"u8);
        writer.WriteRawValue(it.ArgumentsJson, true);
        WriteLoop(writer, it);
        WriteStrings(writer, "entries", it.EntryIds);
        writer.WriteStartObject("nextTasks"u8);
        foreach (var (label, ids) in it.NextTasks)
            WriteStrings(writer, label, ids);
        writer.WriteEndObject();
        writer.WriteNull("conditions"u8);
        WriteForm(writer, it);
        writer.WriteStartObject("task"u8);
        writer.WriteString("id"u8, it.TaskId);
        writer.WriteString("name"u8, it.Name);
        writer.WriteString("description"u8, it.Description);
        writer.WriteString("type"u8, it.Type);
        WriteStrings(writer, "tags", it.Tags);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A task of any work plan, with its incident.</summary>
    public static void WriteOfAll(Utf8JsonWriter writer, (SandboxIncident Incident, SandboxTask Task) it)
    {
        writer.WriteStartObject();
        writer.WriteString("invId"u8, it.Incident.Id);
        writer.WriteString("invName"u8, it.Incident.Name);
        writer.WriteNumber("incSeverity"u8, it.Incident.Severity);
        writer.WriteNull("ancestors"u8);
        writer.WritePropertyName("task"u8);
        WriteTask(writer, it.Task);
        writer.WriteEndObject();
    }

    private static void WriteLoop(Utf8JsonWriter writer, SandboxTask it)
    {
        if (it.LoopArgumentsJson is null)
        {
            writer.WriteNull("loop"u8);
            return;
        }
        writer.WriteStartObject("loop"u8);
        writer.WriteBoolean("forEach"u8, true);
        writer.WritePropertyName("scriptArguments"u8);
        writer.WriteRawValue(it.LoopArgumentsJson, true);
        writer.WriteEndObject();
    }

    private static void WriteForm(Utf8JsonWriter writer, SandboxTask it)
    {
        if (it.Type != "collection")
        {
            writer.WriteNull("form"u8);
            return;
        }
        writer.WriteStartObject("form"u8);
        writer.WriteString("title"u8, it.Name);
        writer.WriteString("description"u8, it.Description);
        writer.WriteBoolean("expired"u8, false);
        writer.WriteString("sender"u8, "");
        writer.WriteNumber("totalAnswers"u8, it.AnswersJson == "null" ? 0 : 1);
        writer.WriteNull("questions"u8);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
