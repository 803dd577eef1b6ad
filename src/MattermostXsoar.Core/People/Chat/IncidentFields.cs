using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Core.Mirroring.Markup;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// The fields of an incident that a message may set. The route that creates incidents also changes those that exist
/// (by <c>id</c>), so that everything else is left out.
/// </summary>
internal static class IncidentFields
{
    private static readonly string[] ForEverybody = ["name", "type", "severity", "details", "occurred", "labels"];

    // An external person must not choose a playbook, or whom the incident belongs to.
    private static readonly string[] ForUsers =
    [
        .. ForEverybody,
        "owner",
        "dueDate",
        "category",
        "phase",
        "playbookId",
        "customFields",
    ];

    private static readonly string[] OwnLabels = ["Reporter", "ReporterEmail", "Source", PostLabel];

    /// <summary>The label with the id of the post that asked for the incident; of further ones with their number.</summary>
    public const string PostLabel = "MattermostPost";

    /// <summary>The incident as the server is to get it.</summary>
    /// <param name="given">What the message says.</param>
    /// <param name="isUser">Whether it is by a user of XSOAR.</param>
    /// <param name="defaultType">The type of an incident that names none; null for the server's.</param>
    /// <param name="reporter">The person's username.</param>
    /// <param name="email">The person's address; empty if it is not known.</param>
    /// <param name="mark">The value of <see cref="PostLabel"/>.</param>
    /// <param name="message">The whole message.</param>
    public static JsonObject Complete(
        JsonObject given,
        bool isUser,
        string? defaultType,
        string reporter,
        string email,
        string mark,
        string message
    )
    {
        var incident = new JsonObject();
        foreach (var field in given)
        {
            var name = (isUser ? ForUsers : ForEverybody).FirstOrDefault(known =>
                known.Equals(field.Key, StringComparison.OrdinalIgnoreCase)
            );
            if (name is not (null or "labels" or "severity") && field.Value is { } value)
                incident[name == "customFields" ? "CustomFields" : name] = WithoutButtons(value);
        }

        if (Severity(given) is { } severity)
            incident["severity"] = severity;
        if (Text(incident, "type") is not { Length: > 0 } && defaultType is not null)
            incident["type"] = defaultType;
        incident["labels"] = Labels(given, reporter, email, mark);
        incident["rawJSON"] = new JsonObject { ["ReporterEmail"] = email, ["Message"] = message }.ToJsonString();
        // Without it there is no War Room, and the link leads nowhere.
        incident["createInvestigation"] = true;
        return incident;
    }

    /// <summary>A field's text; null if it has none.</summary>
    public static string? Text(JsonObject incident, string field) =>
        incident[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A severity as people write it: a number from 0 to 4 or a name; null for anything else.</summary>
    public static double? SeverityOf(string text) =>
        text.Trim().ToLowerInvariant() switch
        {
            "unknown" => 0,
            "informational" or "info" => 0.5,
            "low" => 1,
            "medium" => 2,
            "high" => 3,
            "critical" => 4,
            var number
                when double.TryParse(
                    number,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var value
                ) && value is 0 or 0.5 or 1 or 2 or 3 or 4 => value,
            _ => null,
        };

    /// <summary>
    /// The same without what would be a button: XSOAR shows many fields as Markdown, in which a text could be one that
    /// runs a command.
    /// </summary>
    public static JsonNode? WithoutButtons(JsonNode? value) =>
        value switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Key, WithoutButtons(field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(WithoutButtons)]),
            JsonValue text when text.TryGetValue<string>(out var shown) => WarRoomText.WithoutButtons(shown),
            _ => value?.DeepClone(),
        };

    private static double? Severity(JsonObject given) =>
        given.FirstOrDefault(field => field.Key.Equals("severity", StringComparison.OrdinalIgnoreCase)).Value
            is JsonValue value
            ? SeverityOf(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString())
            : null;

    private static JsonArray Labels(JsonObject given, string reporter, string email, string mark)
    {
        var labels = new JsonArray();
        if (given["labels"] is JsonArray others)
        {
            foreach (var other in others.OfType<JsonObject>())
            {
                // Nobody reports in the name of somebody else.
                if (
                    Text(other, "type") is { Length: > 0 } type
                    && !OwnLabels.Contains(type, StringComparer.OrdinalIgnoreCase)
                )
                    labels.Add(
                        Label(WarRoomText.WithoutButtons(type), WarRoomText.WithoutButtons(Text(other, "value") ?? ""))
                    );
            }
        }

        labels.Add(Label("Reporter", reporter));
        if (email.Length > 0)
            labels.Add(Label("ReporterEmail", email));
        labels.Add(Label("Source", "Mattermost"));
        labels.Add(Label(PostLabel, mark));
        return labels;
    }

    private static JsonObject Label(string type, string value) => new() { ["type"] = type, ["value"] = value };
}
