using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// The JSON in which the original's Ask script hands over a question: <c>message</c>, <c>entitlement</c>, <c>reply</c>,
/// <c>expiry</c>, <c>default_response</c> (its documentation says <c>defaultResponse</c>).
/// </summary>
internal static class AskMessage
{
    /// <summary>The question of a message.</summary>
    /// <param name="json">The message.</param>
    /// <param name="now">The time.</param>
    /// <param name="warn">Called with what could not be read.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument.</exception>
    public static QuestionDraft Parse(string json, DateTimeOffset now, Action<string> warn)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid("The message is not a JSON object.");
            return Read(document.RootElement, now, warn);
        }
        catch (JsonException exception)
        {
            throw Invalid($"The message is not JSON: {exception.Message}");
        }
    }

    private static QuestionDraft Read(JsonElement json, DateTimeOffset now, Action<string> warn)
    {
        var message = Text(json, "message");
        if (message.Trim().Length == 0)
            throw Invalid("The JSON has no 'message'.");
        var entitlement = Text(json, "entitlement") is { Length: > 0 } given
            ? Entitlement.Parse(given)
            : throw Invalid("The JSON has no 'entitlement'.");
        // The original's script puts the options into the text only.
        var (question, options) = QuestionText.Parse(message) ?? (message, (IReadOnlyList<string>)["yes", "no"]);
        return new QuestionDraft
        {
            Text = question,
            Options = options,
            Reply = Or(Text(json, "reply"), QuestionText.Reply),
            DefaultResponse = Or(
                Or(Text(json, "default_response"), Text(json, "defaultResponse")),
                QuestionText.DefaultResponse
            ),
            ExpiresAt = Expiry(Text(json, "expiry"), now, warn),
            InvestigationId = entitlement.InvestigationId,
            TaskId = entitlement.TaskId,
            Entitlement = entitlement.Id,
            EntriesTag = Text(json, "replyEntriesTag"),
            IsPersistent = string.Equals(Text(json, "persistent"), "true", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static DateTimeOffset? Expiry(string text, DateTimeOffset now, Action<string> warn)
    {
        if (text.Length == 0)
            return null;
        if (QuestionLifetime.ParseExpiry(text) is not { } expiry)
        {
            warn($"The expiry '{text}' cannot be read; the question expires after one day.");
            return null;
        }

        return expiry > now
            ? expiry
            : throw Invalid($"The question would expire before it is asked: {text} is past (UTC).");
    }

    private static string Text(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? ""
        : value.ValueKind is JsonValueKind.True ? "true"
        : value.TextOrEmpty();

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static MattermostXsoarException Invalid(string message) =>
        new(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            message,
            "With -MattermostAsk the message is the JSON of the Ask script: "
                + "{\"message\":\"…\",\"entitlement\":\"guid@incident|task\",\"expiry\":\"2026-11-30T10:00:00Z\"}. "
                + "Send-MattermostQuestion asks without it."
        );
}
