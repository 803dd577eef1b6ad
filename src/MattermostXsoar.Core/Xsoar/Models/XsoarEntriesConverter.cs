using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>
/// Reads entries one by one, since any script may have written them: of an entry with invalid fields the valid ones are
/// read, and only an entry without an id is skipped.
/// </summary>
internal sealed class XsoarEntriesConverter : JsonConverter<IReadOnlyList<XsoarEntry>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<XsoarEntry> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var entries = new List<XsoarEntry>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return entries;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadEntry(ref reader) is { Id.Length: > 0 } entry)
                entries.Add(entry);
        }

        return entries;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<XsoarEntry> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var entry in value)
            JsonSerializer.Serialize(writer, entry, XsoarJson.Default.XsoarEntry);
        writer.WriteEndArray();
    }

    private static XsoarEntry? ReadEntry(ref Utf8JsonReader reader)
    {
        var start = reader;
        try
        {
            return JsonSerializer.Deserialize(ref reader, XsoarJson.Default.XsoarEntry);
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            reader = start;
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadFields(document.RootElement) : null;
        }
    }

    private static XsoarEntry? ReadFields(JsonElement element)
    {
        var fields = element.EnumerateObject().Where(field => TryRead(field) is not null).ToArray();
        return Deserialize(fields);
    }

    private static XsoarEntry? TryRead(JsonProperty field)
    {
        try
        {
            return Deserialize(field);
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            return null;
        }
    }

    private static XsoarEntry? Deserialize(params JsonProperty[] fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var field in fields)
                field.WriteTo(writer);
            writer.WriteEndObject();
        }

        return JsonSerializer.Deserialize(stream.ToArray(), XsoarJson.Default.XsoarEntry);
    }

    // An unpaired surrogate is an InvalidOperationException or an ArgumentException, depending on the reader.
    private static bool IsInvalid(Exception exception) =>
        exception is JsonException or InvalidOperationException or ArgumentException or FormatException;
}
