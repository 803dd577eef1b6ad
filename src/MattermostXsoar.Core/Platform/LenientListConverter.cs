using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Reads the elements of a list one by one (<see cref="LenientJson"/>): of one with values of a wrong shape the others
/// are read, and only what lacks its id is left out. What is no list is an empty one.
/// </summary>
internal sealed class LenientListConverter<T> : JsonConverter<IReadOnlyList<T>>
    where T : class, IAnswer
{
    public override bool HandleNull => true;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var elements = new List<T>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
                LenientJson.CountDropped();
            reader.Skip();
            return elements;
        }

        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (LenientJson.ReadObject(ref reader, type) is { IsComplete: true } element)
                elements.Add(element);
            else
                LenientJson.CountDropped();
        }

        return elements;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var element in value)
            JsonSerializer.Serialize(writer, element, options.GetTypeInfo(typeof(T)));
        writer.WriteEndArray();
    }
}
