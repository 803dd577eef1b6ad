using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>
/// Log records as lines of text. A name or a server's text must not be able to break a line in two, nor to reverse its
/// direction.
/// </summary>
internal static class ListenerLogText
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string LineOf(ListenerLogRecord record)
    {
        var line = new StringBuilder(200);
        line.Append(TimeOf(record)).Append(' ').Append(record.Level).Append(' ').Append(record.Event).Append(' ');
        if (record.Mirror is { } mirror)
            line.Append(mirror).Append(": ");
        line.Append(record.Message);
        if (record.DurationMs is { } duration)
            line.Append(" [").Append(duration.ToString("0.#", CultureInfo.InvariantCulture)).Append(" ms]");
        if (record.Text is { } text)
            line.Append(" Text: ").Append(text);
        for (var i = 0; i < line.Length; i++)
        {
            if (BreaksLine(line[i]))
                line[i] = ' ';
        }

        return line.ToString();
    }

    public static string JsonOf(ListenerLogRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString(nameof(record.Time), TimeOf(record));
            json.WriteString(nameof(record.Level), record.Level.ToString());
            json.WriteString(nameof(record.Event), record.Event);
            Write(json, nameof(record.Mirror), record.Mirror);
            Write(json, nameof(record.InvestigationId), record.InvestigationId);
            Write(json, nameof(record.ChannelId), record.ChannelId);
            Write(json, nameof(record.ChannelName), record.ChannelName);
            Write(json, nameof(record.Direction), record.Direction);
            Write(json, nameof(record.Kind), record.Kind);
            Write(json, nameof(record.SourceId), record.SourceId);
            Write(json, nameof(record.TargetId), record.TargetId);
            if (record.Count is { } count)
                json.WriteNumber(nameof(record.Count), count);
            if (record.DurationMs is { } duration)
                json.WriteNumber(nameof(record.DurationMs), duration);
            Write(json, nameof(record.ErrorId), record.ErrorId);
            Write(json, nameof(record.Advice), record.Advice);
            json.WriteString(nameof(record.Message), record.Message);
            Write(json, nameof(record.Text), record.Text);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string TimeOf(ListenerLogRecord record) =>
        record.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    // Control characters (also those of a terminal), the line ends of Unicode, and what changes the direction of text.
    private static bool BreaksLine(char character) =>
        char.IsControl(character)
        || character
            is '\u2028'
                or '\u2029'
                or '\u061c'
                or '\u200e'
                or '\u200f'
                or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069');
}
