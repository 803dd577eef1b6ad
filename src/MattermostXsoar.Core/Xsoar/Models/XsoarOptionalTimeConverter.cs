using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A time that may be "never", which is read as null.</summary>
internal sealed class XsoarOptionalTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => XsoarTime.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(XsoarTime.Format(value.Value));
    }
}
