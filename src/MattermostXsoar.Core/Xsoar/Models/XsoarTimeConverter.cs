using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A time that is always set; "never" is read as the smallest one.</summary>
internal sealed class XsoarTimeConverter : JsonConverter<DateTimeOffset>
{
    public override bool HandleNull => true;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XsoarTime.Read(ref reader) ?? DateTimeOffset.MinValue;

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XsoarTime.Format(value));
}
