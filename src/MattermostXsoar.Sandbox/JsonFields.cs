using System.Globalization;
using System.Text.Json;

namespace MattermostXsoar.Sandbox;

/// <summary>
/// Reads a JSON object that a person wrote. Each value of the wrong kind and each unknown key is a <see
/// cref="JsonFieldException"/> with the place and the expected value.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _known = [];
    private readonly string _path;

    public JsonFields(JsonElement element, string path = "$")
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonFieldException(path, $"expected an object such as {{ … }}, found {Kind(element)}");
        foreach (var property in element.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name, property.Value))
                throw Wrong(property.Name, "the key appears twice; remove one");
        }
    }

    /// <summary>Parses a text. <see cref="JsonException"/> if it is not JSON.</summary>
    public static JsonFields Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(
            json,
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        return new JsonFields(document.RootElement.Clone());
    }

    public JsonFieldException Wrong(string name, string message) => new($"{_path}.{name}", message);

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw Wrong(name, $"expected a text in quotes, found {Kind(value)}");
    }

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw Wrong(name, "is missing or empty; write a text");

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, $"expected true or false, found {Kind(value)}");
    }

    public int? Integer(string name, int minimum, int maximum = int.MaxValue)
    {
        if (Find(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= minimum
            && number <= maximum
        )
            return number;
        throw Wrong(name, $"expected a whole number {Range(minimum, maximum)}, found {Kind(value)}");
    }

    public double? Number(string name, double minimum, double maximum)
    {
        if (Find(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number)
            && number >= minimum
            && number <= maximum
        )
            return number;
        throw Wrong(
            name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected a number from {minimum} to {maximum}, found {Kind(value)}"
            )
        );
    }

    /// <summary>A span of time: a number of seconds, or a text such as <c>00:01:30</c>.</summary>
    public TimeSpan? Span(string name, bool mayBeNegative = false)
    {
        if (Find(name) is not { } value)
            return null;
        TimeSpan? span = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e9 =>
                TimeSpan.FromSeconds(seconds),
            JsonValueKind.String
                when TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return span is { } it && (mayBeNegative || it >= TimeSpan.Zero)
            ? it
            : throw Wrong(name, $"expected seconds as a number, or a text such as \"00:01:30\", found {Kind(value)}");
    }

    public DateTimeOffset? Time(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return
            value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(
                value.GetString(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time
            : throw Wrong(name, $"expected a time such as \"2026-01-31T12:00:00Z\", found {Kind(value)}");
    }

    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Find(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.String
            && Enum.TryParse<TEnum>(value.GetString(), ignoreCase: true, out var choice)
            && Enum.IsDefined(choice)
        )
            return choice;
        var known = Enum.GetNames<TEnum>();
        throw Wrong(
            name,
            $"expected one of {string.Join(", ", known)}, found {Kind(value)}{NearMiss.Hint(value.ToString(), known)}"
        );
    }

    public IReadOnlyList<string> Texts(string name) =>
        [
            .. Items(name)
                .Select(item =>
                    item.Value.ValueKind == JsonValueKind.String
                        ? item.Value.GetString()!
                        : throw new JsonFieldException(
                            item.Path,
                            $"expected a text in quotes, found {Kind(item.Value)}"
                        )
                ),
        ];

    public IEnumerable<JsonFields> Objects(string name) =>
        Items(name).Select(static item => new JsonFields(item.Value, item.Path));

    /// <summary>An object as unparsed JSON.</summary>
    public string? RawObject(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? value.GetRawText()
            : throw Wrong(name, $"expected an object such as {{ … }}, found {Kind(value)}");
    }

    /// <summary>To be called last: a key that was not read is an error.</summary>
    public void End()
    {
        if (_values.Keys.FirstOrDefault(key => !_known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Wrong(
                unknown,
                $"there is no such key{NearMiss.Hint(unknown, _known)}; the keys are {string.Join(", ", _known)}"
            );
    }

    private static string Range(int minimum, int maximum) =>
        maximum == int.MaxValue ? $"from {minimum} on" : $"from {minimum} to {maximum}";

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => value.GetRawText(),
        };

    private JsonElement? Find(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        return _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private IEnumerable<(JsonElement Value, string Path)> Items(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, $"expected a list such as [ … ], found {Kind(value)}");
        return value.EnumerateArray().Select((item, index) => (item, $"{_path}.{name}[{index}]"));
    }
}
