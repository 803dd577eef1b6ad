using System.Text.Json;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Configuration;

/// <summary>
/// The configuration of a session in a JSON file. Its values never appear in an error: they may be secrets.
/// </summary>
internal sealed class ConfigurationFile
{
    private const int Longest = 1024 * 1024;

    private readonly string _path;
    private readonly Dictionary<ConfigurationKey, JsonElement> _values = [];
    private readonly List<string> _unknown = [];

    private ConfigurationFile(string path) => _path = path;

    /// <summary>Unknown keys.</summary>
    public IReadOnlyList<string> UnknownKeys => _unknown;

    /// <exception cref="MattermostXsoarException">InvalidConfiguration: no such file, or not a JSON object.</exception>
    public static ConfigurationFile Read(string path)
    {
        var file = new ConfigurationFile(path);
        try
        {
            using var document = JsonDocument.Parse(
                file.ReadText(),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw file.Invalid("it is not a JSON object.");
            foreach (var property in document.RootElement.EnumerateObject())
                file.Add(property);
        }
        catch (JsonException error)
        {
            throw file.Invalid(
                $"it is not JSON (line {error.LineNumber + 1}, character {error.BytePositionInLine + 1})."
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.Invalid(error.Message, error);
        }

        return file;
    }

    public string? Text(ConfigurationKey key) =>
        Value(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => throw Wrong(key, "a text"),
        };

    public bool? Flag(ConfigurationKey key) =>
        Value(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var flag) => flag,
            _ => throw Wrong(key, "true or false"),
        };

    public string[]? List(ConfigurationKey key) =>
        Value(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list
                when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [
                .. list.EnumerateArray().Select(item => item.GetString()!),
            ],
            { ValueKind: JsonValueKind.String } text =>
            [
                .. text.GetString()!.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0),
            ],
            _ => throw Wrong(key, "a list of texts"),
        };

    /// <summary>A list of names of an enumeration, in upper or lower case.</summary>
    public T[]? Values<T>(ConfigurationKey key)
        where T : struct, Enum
    {
        var names = typeof(T).GetEnumNames();
        return List(key)
            ?.Select(text =>
                // A number is not a name, though it can be parsed.
                names.Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(text, true, out T value)
                    ? value
                    : throw Wrong(key, $"a list of {string.Join(", ", names)}")
            )
            .ToArray();
    }

    public Uri? Address(ConfigurationKey key)
    {
        if (Text(key) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw Wrong(key, "an address like https://chat.example.com");
    }

    /// <summary>A secret, or a reference to one. XSOAR itself stores it as <c>{"password": "…"}</c>.</summary>
    public string? Secret(ConfigurationKey key) =>
        Value(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } credentials
                when credentials.TryGetProperty("password", out var password)
                    && password.ValueKind == JsonValueKind.String => password.GetString(),
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw Wrong(key, "a text, env:NAME or secret:NAME"),
        };

    /// <summary>
    /// Whether a key is present with a text: the original's <c>proxy</c> is a switch, but an address is accepted as
    /// well.
    /// </summary>
    public bool IsAddress(ConfigurationKey key) =>
        Value(key) is { ValueKind: JsonValueKind.String } text && !bool.TryParse(text.GetString(), out _);

    public MattermostXsoarException Missing(ConfigurationKey key) =>
        Invalid($"'{ConfigurationKeys.NameOf(key)}' is missing.");

    // A pipe is allowed, so that secrets need not be on a disk; a device without an end is not read to its end.
    private string ReadText()
    {
        using var reader = new StreamReader(_path);
        var text = new char[Longest + 1];
        var length = reader.ReadBlock(text, 0, text.Length);
        return length <= Longest ? new string(text, 0, length) : throw Invalid("it is larger than 1 MB.");
    }

    private void Add(JsonProperty property)
    {
        if (ConfigurationKeys.Find(property.Name) is not { } key)
            _unknown.Add(property.Name);
        else if (property.Value.ValueKind != JsonValueKind.Null)
            _values[key] = property.Value.Clone();
    }

    private JsonElement? Value(ConfigurationKey key) => _values.TryGetValue(key, out var value) ? value : null;

    private MattermostXsoarException Wrong(ConfigurationKey key, string expected) =>
        Invalid($"'{ConfigurationKeys.NameOf(key)}' must be {expected}.");

    private MattermostXsoarException Invalid(string what, Exception? cause = null) =>
        new(
            ErrorIds.InvalidConfiguration,
            ErrorKind.InvalidArgument,
            $"The configuration '{_path}' cannot be used: {what}",
            "See about_MattermostXsoar_Configuration for the keys and an example.",
            cause
        );
}
