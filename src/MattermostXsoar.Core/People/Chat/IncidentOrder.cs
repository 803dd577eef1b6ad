using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>The incidents that a message asks for, or why it asks for none.</summary>
internal sealed class IncidentOrder
{
    /// <summary>The most incidents of one message.</summary>
    public const int MostIncidents = 20;

    // A name is shown in lists; the server's own limit is not known.
    private const int LongestName = 200;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // As the original: everything behind the one is its value, without what begins with the other.
    private static readonly Regex Name = new("(?<=name=).*", Options, Limit);
    private static readonly Regex Type = new("(?<=type=).*", Options, Limit);
    private static readonly Regex NameAndOn = new("name=.*", Options, Limit);
    private static readonly Regex TypeAndOn = new("type=.*", Options, Limit);

    private static readonly Regex Details = new(@"^\s*new\s+incident\b[\s:]*(?<details>.*)$", Options, Limit);

    private IncidentOrder(IReadOnlyList<JsonObject> incidents, string? problem) =>
        (Incidents, Problem) = (incidents, problem);

    /// <summary>The incidents, with the fields that were given; empty if there is a problem.</summary>
    public IReadOnlyList<JsonObject> Incidents { get; }

    /// <summary>What to answer in place of creating anything; null if there is no problem.</summary>
    public string? Problem { get; }

    /// <summary>
    /// Reads <c>name=… type=…</c>, <c>json=…</c> with one incident or a list, or <c>new incident details</c>.
    /// </summary>
    public static IncidentOrder Read(string message)
    {
        // As the original: a text in a code block is a text.
        var text = message.Replace("\r", "").Replace("\n", "").Replace("`", "");
        var json = text.IndexOf("json=", StringComparison.OrdinalIgnoreCase);
        if (json >= 0)
            return ReadJson(text.Substring(0, json), text.Substring(json + "json=".Length));
        if (Name.Match(text) is not { Success: true } name)
        {
            return
                !Type.IsMatch(text)
                && Details.Match(message.Replace("`", "")) is { Success: true } only
                && only.Groups["details"].Value.Trim() is { Length: > 0 } details
                ? WithDetails(details, message)
                : Refuse(ChatReplies.NoArguments);
        }

        var incident = new JsonObject { ["name"] = TypeAndOn.Replace(name.Value, "").Trim() };
        if (
            Type.Match(text) is { Success: true } type
            && NameAndOn.Replace(type.Value, "").Trim() is { Length: > 0 } of
        )
            incident["type"] = of;
        return Accept([incident]);
    }

    private static IncidentOrder WithDetails(string firstLine, string message)
    {
        var incident = new JsonObject { ["name"] = firstLine };
        if (message.Contains('\n'))
            incident["details"] = message;
        return Accept([incident]);
    }

    private static IncidentOrder ReadJson(string before, string text)
    {
        if (Name.IsMatch(before) || Type.IsMatch(before))
            return Refuse(ChatReplies.OnlyJson);
        // What mobile keyboards make of quotation marks.
        var (value, rest) = Parse(text.Replace('“', '"').Replace('”', '"').Replace('„', '"'));
        if (rest is { Length: > 0 } && (Name.IsMatch(rest) || Type.IsMatch(rest)))
            return Refuse(ChatReplies.OnlyJson);
        return value switch
        {
            _ when rest is { Length: > 0 } => Refuse(ChatReplies.BadJson),
            JsonObject one => Accept([one]),
            JsonArray { Count: > 0 and <= MostIncidents } list when list.All(item => item is JsonObject) => Accept([
                .. list.Select(item => (JsonObject)item!.DeepClone()),
            ]),
            JsonArray { Count: > MostIncidents } => Refuse(ChatReplies.TooManyIncidents),
            _ => Refuse(ChatReplies.BadJson),
        };
    }

    // The value, and what follows it; no value if it is not JSON.
    private static (JsonNode? Value, string After) Parse(string text)
    {
        try
        {
            var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true });
            // Texts are read only when they are asked for: then it would be too late for one that is none.
            var value = IncidentFields.WithoutButtons(JsonNode.Parse(ref reader));
            var used = (int)reader.BytesConsumed;
            return (value, System.Text.Encoding.UTF8.GetString(utf8, used, utf8.Length - used).Trim());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // An unpaired surrogate or a name that occurs twice is no JsonException.
            return (null, "");
        }
    }

    private static IncidentOrder Accept(IReadOnlyList<JsonObject> incidents)
    {
        foreach (var incident in incidents)
        {
            var name = IncidentFields.Text(incident, "name")?.Trim() ?? "";
            if (name.Length == 0)
                return Refuse(ChatReplies.NoArguments);
            incident["name"] = name.Length <= LongestName ? name : name.Substring(0, LongestName);
        }

        return new IncidentOrder(incidents, null);
    }

    private static IncidentOrder Refuse(string problem) => new([], problem);
}
