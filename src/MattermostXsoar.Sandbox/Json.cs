using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace MattermostXsoar.Sandbox;

/// <summary>Writes JSON into one reused buffer per thread.</summary>
internal static partial class Json
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

    /// <summary>The body's value, or null when it is not JSON. As the server's own reader: what follows the value does not
    /// matter, and what is no text becomes U+FFFD.</summary>
    public static JsonElement? TryParse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            return null;
        try
        {
            var reader = new Utf8JsonReader(Readable(body.Span));
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> body)
    {
        var isText = Utf8.IsValid(body);
        if (isText && body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
            return body;
        return Encoding.UTF8.GetBytes(LoneSurrogate().Replace(Encoding.UTF8.GetString(body), "\\ufffd"));
    }

    // Half of a character beyond U+FFFF, escaped, without its other half.
    [GeneratedRegex(
        @"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
            + @"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})(?<!\\)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    )]
    private static partial Regex LoneSurrogate();

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
        && (element.TryGetProperty(name, out var value) || TryOtherCase(element, name, out value))
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The server finds a value also if its name is written in other letters.</summary>
    private static bool TryOtherCase(JsonElement element, string name, out JsonElement value)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }
        value = default;
        return false;
    }
}
