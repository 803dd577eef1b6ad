using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Message attachments as the server returns them: with all their fields, and without the integration behind a
/// button.</summary>
internal static class AttachmentJson
{
    private static readonly string[] OptionalOfAction =
    [
        "disabled",
        "style",
        "data_source",
        "options",
        "default_option",
    ];

    /// <summary>The attachments that a client sent, completed.</summary>
    public static string Complete(JsonElement attachments, ServerVersion version)
    {
        if (attachments.ValueKind != JsonValueKind.Array)
            return version.FillsInProps ? "null" : attachments.GetRawText();
        return Encoding.UTF8.GetString(
            Json.Array(
                attachments.EnumerateArray().Where(static it => it.ValueKind == JsonValueKind.Object),
                (writer, it) => Write(writer, it, version)
            )
        );
    }

    private static void Write(Utf8JsonWriter writer, JsonElement given, ServerVersion version)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, 0);
        foreach (
            var name in new[]
            {
                "fallback",
                "color",
                "pretext",
                "author_name",
                "author_link",
                "author_icon",
                "title",
                "title_link",
                "text",
            }
        )
            writer.WriteString(name, given.Text(name) ?? "");
        writer.WritePropertyName("fields"u8);
        if (given.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
            WriteFields(writer, fields);
        else
            writer.WriteNullValue();
        foreach (var name in new[] { "image_url", "thumb_url", "footer", "footer_icon" })
            writer.WriteString(name, given.Text(name) ?? "");
        Copy(writer, given, "ts");
        if (
            given.TryGetProperty("actions", out var actions)
            && actions.ValueKind == JsonValueKind.Array
            && actions.GetArrayLength() > 0
        )
        {
            writer.WriteStartArray("actions"u8);
            foreach (var action in actions.EnumerateArray())
                WriteAction(writer, action, version);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, JsonElement fields)
    {
        writer.WriteStartArray();
        foreach (var field in fields.EnumerateArray())
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, field.Text("title") ?? "");
            Copy(writer, field, "value");
            writer.WriteBoolean(
                "short"u8,
                field.TryGetProperty("short", out var narrow)
                    && (
                        narrow.ValueKind == JsonValueKind.True
                        || narrow.ValueKind == JsonValueKind.String && narrow.GetString() == "true"
                    )
            );
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAction(Utf8JsonWriter writer, JsonElement action, ServerVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, action.Text("id") is { Length: > 0 } id ? id : Ids.New());
        foreach (var name in new[] { "type", "name" })
        {
            if (action.Text(name) is { Length: > 0 } text || !version.FillsInProps)
                writer.WriteString(name, action.Text(name) ?? "");
        }
        foreach (var name in OptionalOfAction)
        {
            if (action.TryGetProperty(name, out _))
                Copy(writer, action, name);
        }
        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string name)
    {
        writer.WritePropertyName(name);
        if (from.TryGetProperty(name, out var value))
            value.WriteTo(writer);
        else
            writer.WriteNullValue();
    }
}
