using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>
/// Reads an entry's contents, which the server sends as a string or, for tables and JSON, as any value.
/// </summary>
internal sealed class EntryContentsConverter : JsonConverter<EntryContents>
{
    public override bool HandleNull => true;

    public override EntryContents Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return new EntryContents("", IsJson: false);
            case JsonTokenType.String:
                return new EntryContents(Text(ref reader), IsJson: false);
            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return new EntryContents(document.RootElement.GetRawText(), IsJson: true);
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate: the text is read as it was sent.
            return Encoding.UTF8.GetString(
                reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray()
            );
        }
    }

    public override void Write(Utf8JsonWriter writer, EntryContents value, JsonSerializerOptions options)
    {
        if (value.IsJson)
            writer.WriteRawValue(value.Text);
        else
            writer.WriteStringValue(value.Text);
    }
}
