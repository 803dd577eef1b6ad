using System.Collections;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Reads the JSON of servers so that one bad value costs no more than itself: of an object with values of a wrong shape
/// the others are read, and of a list only those elements are left out that are none. Valid JSON is read once, as
/// always.
/// </summary>
internal static class LenientJson
{
    private static readonly Counter<long> Dropped = ModuleMeter.Instance.CreateCounter<long>(
        "mattermostxsoar.answers.unreadable",
        "{value}",
        "Values in the servers' answers that had a wrong shape and were left out."
    );

    // Reading is synchronous, so what was left out belongs to the answer that this thread reads.
    [ThreadStatic]
    private static int _dropped;

    /// <summary>Reads a whole answer.</summary>
    /// <param name="utf8">The answer.</param>
    /// <param name="type">What it is.</param>
    /// <param name="dropped">How many values had a wrong shape and were left out.</param>
    /// <returns>The object or list; null for the JSON null.</returns>
    /// <exception cref="JsonException">It is not JSON, or not an object or list as expected.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type, out int dropped)
        where T : class
    {
        _dropped = 0;
        var value = Read(utf8, type);
        dropped = _dropped;
        if (dropped > 0)
            Dropped.Add(dropped);
        return value;
    }

    private static T? Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(utf8, type);
            if (value is IList list)
                RemoveIncomplete(list);
            return value;
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            _dropped = 0;
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            // First of all it has to be JSON to its end; a truncated answer must not be taken for a short list.
            using var document = JsonDocument.ParseValue(ref reader);
            while (reader.Read()) { }
            return Read(document.RootElement, type) as T ?? throw AsJsonException(exception);
        }
    }

    /// <summary>Reads an object at a reader's place.</summary>
    /// <returns>The object; null if there is none.</returns>
    public static T? ReadObject<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
        where T : class
    {
        var start = reader;
        try
        {
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            reader = start;
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, type) as T;
        }
    }

    /// <summary>Whether it is one of the exceptions of a value that has not the expected shape.</summary>
    /// <remarks>
    /// An unpaired surrogate is an InvalidOperationException or an ArgumentException, depending on the reader.
    /// </remarks>
    public static bool IsInvalid(Exception exception) =>
        exception is JsonException or InvalidOperationException or ArgumentException or FormatException;

    /// <summary>A value of a wrong shape was left out.</summary>
    public static void CountDropped() => _dropped++;

    private static object? Read(JsonElement element, JsonTypeInfo type)
    {
        if (element.ValueKind == JsonValueKind.Array && type.Kind == JsonTypeInfoKind.Enumerable)
            return ReadList(element, type);
        return element.ValueKind == JsonValueKind.Object && type.Kind == JsonTypeInfoKind.Object
            ? ReadFields(element, type)
            : null;
    }

    private static IList? ReadList(JsonElement array, JsonTypeInfo type)
    {
        if (type.CreateObject?.Invoke() is not IList list || !type.Type.IsGenericType)
            return null;
        var elements = type.Options.GetTypeInfo(type.Type.GetGenericArguments()[0]);
        foreach (var element in array.EnumerateArray())
        {
            if ((TryDeserialize(element, elements) ?? Read(element, elements)) is { } item)
                list.Add(item);
            else
                CountDropped();
        }

        RemoveIncomplete(list);
        return list;
    }

    private static void RemoveIncomplete(IList list)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (list[i] is not (null or IAnswer { IsComplete: false }))
                continue;
            list.RemoveAt(i);
            CountDropped();
        }
    }

    private static object? ReadFields(JsonElement element, JsonTypeInfo type)
    {
        var fields = new List<JsonProperty>();
        foreach (var field in element.EnumerateObject())
        {
            if (TryDeserialize(type, field) is not null)
                fields.Add(field);
            else
                CountDropped();
        }

        return TryDeserialize(type, [.. fields]);
    }

    private static object? TryDeserialize(JsonElement element, JsonTypeInfo type)
    {
        try
        {
            return element.Deserialize(type);
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            return null;
        }
    }

    private static object? TryDeserialize(JsonTypeInfo type, params JsonProperty[] fields)
    {
        try
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                foreach (var field in fields)
                    field.WriteTo(writer);
                writer.WriteEndObject();
            }

            return JsonSerializer.Deserialize(stream.ToArray(), type);
        }
        catch (Exception exception) when (IsInvalid(exception))
        {
            return null;
        }
    }

    private static JsonException AsJsonException(Exception exception) =>
        exception as JsonException ?? new JsonException(exception.Message, exception);
}
