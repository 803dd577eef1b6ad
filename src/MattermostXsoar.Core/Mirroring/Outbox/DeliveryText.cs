using System.Text.Json;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>What a line says, for those who may read it, and to take it out of what others read.</summary>
internal static class DeliveryText
{
    // Shorter pieces stand in any sentence by chance.
    private const int ShortestPiece = 8;
    private const int ShortestText = 4;
    private const string Mask = "***";

    /// <summary>The text, and the name of its file behind it; null where the line has neither.</summary>
    public static string? Of(DeliveryRecord line)
    {
        var (text, file) = Parts(line);
        return file.Length == 0
            ? text.Length == 0
                ? null
                : text
            : text.Length == 0
                ? file
                : text + "\n" + file;
    }

    /// <summary>What the line is, as log records say it.</summary>
    public static string KindOf(DeliveryRecord line) =>
        line.Kind == DeliveryKind.Message && Parts(line).File.Length > 0 ? "File" : line.Kind.ToString();

    /// <summary>An error's text without what it repeats of a line: servers quote what they refuse, and errors are
    /// shown, logged and stored.</summary>
    public static string TakenOutOf(string error, DeliveryRecord line)
    {
        var (text, file) = Parts(line);
        foreach (var said in new[] { text, file, JsonEncodedText.Encode(text).ToString() })
            error =
                said.Length >= ShortestPiece ? WithoutPieces(error, said)
                : said.Length >= ShortestText ? error.Replace(said, Mask)
                : error;
        return error;
    }

    // A server may quote a part only, and with its blanks changed.
    private static string WithoutPieces(string error, string said)
    {
        var place = 0;
        while (place + ShortestPiece <= error.Length)
        {
            var length = Common(error, place, said);
            if (length < ShortestPiece)
            {
                place++;
                continue;
            }

            error = error.Remove(place, length).Insert(place, Mask);
            place += Mask.Length;
        }

        return error;
    }

    // The longest piece that begins there and stands anywhere in the text.
    private static int Common(string error, int place, string said)
    {
        var longest = 0;
        var start = error.Substring(place, ShortestPiece);
        for (
            var at = said.IndexOf(start, StringComparison.Ordinal);
            at >= 0;
            at = said.IndexOf(start, at + 1, StringComparison.Ordinal)
        )
        {
            var length = ShortestPiece;
            while (
                place + length < error.Length && at + length < said.Length && error[place + length] == said[at + length]
            )
                length++;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static (string Text, string File) Parts(DeliveryRecord line)
    {
        if (line.Payload.Length == 0)
            return ("", "");
        try
        {
            if (line.Direction == DeliveryDirection.WarRoomToChat)
            {
                var entry = EntryPayload.FromJson(line.Payload);
                return (entry.Text, entry.FileName);
            }

            var post = PostPayload.FromJson(line.Payload);
            return (post.Message, post.FileName);
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }
}
