using System.Text;
using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What people see of a post as text: its message and its message attachments
/// (https://developers.mattermost.com/integrate/reference/message-attachments/), which webhooks and integrations use,
/// and anybody may set.
/// </summary>
internal static class PostText
{
    /// <summary>The message, followed by the attachments.</summary>
    public static string Of(MattermostPost post)
    {
        if (
            post.PropsJson.ValueKind != JsonValueKind.Object
            || !post.PropsJson.TryGetProperty("attachments", out var attachments)
            || attachments.ValueKind != JsonValueKind.Array
        )
            return post.Source;
        var text = new StringBuilder(post.Source);
        foreach (var attachment in attachments.EnumerateArray())
        {
            if (attachment.ValueKind != JsonValueKind.Object || TextOf(attachment) is not { Length: > 0 } shown)
                continue;
            if (text.Length > 0)
                text.Append("\n\n");
            text.Append(shown);
        }

        return text.ToString();
    }

    /// <summary>
    /// The name under which a webhook or an integration posted; empty for a post that does not claim to be by one.
    /// Anybody may claim it.
    /// </summary>
    public static string SenderOf(MattermostPost post) =>
        !post.IsFromWebhook && !post.IsFromBot ? ""
        : Text(post.PropsJson, "override_username") is { Length: > 0 } name ? name
        : post.IsFromWebhook ? "webhook"
        : "integration";

    private static string TextOf(JsonElement attachment)
    {
        var lines = new List<string> { Text(attachment, "pretext"), Text(attachment, "author_name") };
        var (title, link) = (Text(attachment, "title"), Text(attachment, "title_link"));
        lines.Add(title.Length > 0 && link.Length > 0 ? $"{title}: {link}" : title + link);
        lines.Add(Text(attachment, "text"));
        if (attachment.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
            lines.AddRange(fields.EnumerateArray().Where(IsObject).Select(FieldOf));
        lines.Add(Text(attachment, "image_url"));
        lines.Add(Text(attachment, "footer"));
        var shown = string.Join("\n", lines.Where(line => line.Trim().Length > 0));
        return shown.Length > 0 ? shown : Text(attachment, "fallback");
    }

    private static string FieldOf(JsonElement field)
    {
        var (title, value) = (Text(field, "title"), Text(field, "value"));
        return title.Length > 0 && value.Length > 0 ? $"{title}: {value}" : title + value;
    }

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    // A field's value may be a number.
    private static string Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.TextOrEmpty()
        : value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText()
        : "";
}
