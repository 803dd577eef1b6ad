using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The text of a delivery, for those who may read it, and to mask it in what others read.</summary>
internal static class DeliveryText
{
    // Shorter pieces occur in any sentence by chance.
    private const int ShortestPiece = 8;
    private const int ShortestText = 4;
    private const string Masked = "***";

    /// <summary>The text, followed by the name of its file; null if it has neither.</summary>
    public static string? Of(DeliveryRecord delivery)
    {
        var (text, file) = Parts(delivery);
        return file.Length == 0
            ? text.Length == 0
                ? null
                : text
            : text.Length == 0
                ? file
                : text + "\n" + file;
    }

    /// <summary>What the delivery is, as log records name it.</summary>
    public static string KindOf(DeliveryRecord delivery) =>
        delivery.Kind == DeliveryKind.Annotation ? delivery.Aspect.ToString()
        : delivery.Kind == DeliveryKind.Message && Parts(delivery).File.Length > 0 ? "File"
        : delivery.Kind.ToString();

    /// <summary>
    /// An error's text without what it repeats of a message: servers quote what they refuse, and errors are shown,
    /// logged and stored. Where it is known what of it the server said, the message's text is removed from that only,
    /// since everyday words of a message also occur in this module's own sentences.
    /// </summary>
    /// <param name="error">The error's text.</param>
    /// <param name="delivery">The message.</param>
    /// <param name="cause">The error; null if it is not known.</param>
    public static string Mask(string error, DeliveryRecord delivery, Exception? cause)
    {
        var (text, file) = Parts(delivery);
        error = Without(error, file);
        foreach (var name in OtherFiles(delivery))
            error = Without(error, name);
        return cause is ApiException { ServerWords: { } words } && error.Contains(words)
            ? error.Replace(words, WithoutText(words, text))
            : WithoutText(error, text);
    }

    private static string WithoutText(string error, string text) =>
        Without(Without(error, text), JsonEncodedText.Encode(text).ToString());

    private static string Without(string error, string part) =>
        part.Length >= ShortestPiece ? WithoutPieces(error, part)
        : part.Length >= ShortestText ? error.Replace(part, Masked)
        : error;

    // A server may quote only a part, and change its white space.
    private static string WithoutPieces(string error, string text)
    {
        var position = 0;
        while (position + ShortestPiece <= error.Length)
        {
            var length = Common(error, position, text);
            if (length < ShortestPiece)
            {
                position++;
                continue;
            }

            error = error.Remove(position, length).Insert(position, Masked);
            position += Masked.Length;
        }

        return error;
    }

    // The length of the longest piece that begins there and occurs anywhere in the text.
    private static int Common(string error, int position, string text)
    {
        var longest = 0;
        var start = error.Substring(position, ShortestPiece);
        for (
            var at = text.IndexOf(start, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(start, at + 1, StringComparison.Ordinal)
        )
        {
            var length = ShortestPiece;
            while (
                position + length < error.Length
                && at + length < text.Length
                && error[position + length] == text[at + length]
            )
                length++;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static IEnumerable<string> OtherFiles(DeliveryRecord delivery)
    {
        if (
            delivery.Payload.Length == 0
            || delivery.Direction != DeliveryDirection.ChatToWarRoom
            || delivery.Kind is not (DeliveryKind.Message or DeliveryKind.Edit)
        )
            return [];
        try
        {
            return PostPayload.FromJson(delivery.Payload).AllFiles.Select(file => file.Name);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static (string Text, string File) Parts(DeliveryRecord delivery)
    {
        // A deletion and a notice have a text of our own only.
        if (delivery.Payload.Length == 0 || delivery.Kind is DeliveryKind.Deletion or DeliveryKind.Notice)
            return ("", "");
        try
        {
            if (delivery.Direction == DeliveryDirection.WarRoomToChat)
            {
                var entry = EntryPayload.FromJson(delivery.Payload);
                return (entry.Text, entry.FileName);
            }

            var post = PostPayload.FromJson(delivery.Payload);
            return (post.Message, post.FileName);
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }
}
