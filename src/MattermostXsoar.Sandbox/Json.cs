using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MattermostXsoar.Sandbox;

/// <summary>Writes JSON into one reused buffer per thread.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Stack<(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)>? spares;

    public static byte[] Bytes<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        // A stack, because writers are nested: a frame contains its post as a string, which is written first.
        spares ??= new Stack<(ArrayBufferWriter<byte>, Utf8JsonWriter)>();
        if (!spares.TryPop(out var spare))
        {
            var fresh = new ArrayBufferWriter<byte>(1024);
            spare = (fresh, new Utf8JsonWriter(fresh, Options));
        }
        spare.Buffer.ResetWrittenCount();
        spare.Writer.Reset(spare.Buffer);
        write(spare.Writer, state);
        spare.Writer.Flush();
        var bytes = spare.Buffer.WrittenSpan.ToArray();
        spares.Push(spare);
        return bytes;
    }

    public static byte[] Bytes(Action<Utf8JsonWriter> write) => Bytes(write, static (writer, action) => action(writer));

    public static byte[] Array<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) =>
        Bytes(
            (items, write),
            static (writer, state) =>
            {
                writer.WriteStartArray();
                foreach (var item in state.items)
                    state.write(writer, item);
                writer.WriteEndArray();
            }
        );

    /// <summary>The body as an object or array, or null when it is not JSON.</summary>
    public static JsonElement? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool? Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    /// <summary>Whether one of these values is there and is neither text nor null.</summary>
    public static bool HasOtherKind(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (
                element.TryGetProperty(name, out var value)
                && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
            )
                return true;
        }
        return false;
    }

    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
