using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MattermostXsoar.Core.Display;

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
        return VisibleText.Of(line.ToString());
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

        return VisibleText.Replace(Encoding.UTF8.GetString(bytes.ToArray()), keepLines: false, Escape);
    }

    private static string TimeOf(ListenerLogRecord record) =>
        record.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    // What the writer leaves as it is although nobody sees it.
    private static string Escape(int code) =>
        string.Concat(
            (code > char.MaxValue ? char.ConvertFromUtf32(code) : $"{(char)code}").Select(unit => $"\\u{(int)unit:X4}")
        );
}
