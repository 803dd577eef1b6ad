using System.Text.Json;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// The envelope of one frame: an event (<c>event</c>, <c>seq</c>) or the reply to an action (<c>status</c>,
/// <c>seq_reply</c>). <c>data</c> is skipped, since most frames do not need it.
/// </summary>
internal ref struct RealtimeFrame
{
    public const long NoSequence = -1;

    public string? Event;
    public long Seq;
    public ReadOnlySpan<byte> Data;
    public string ChannelId;
    public string TeamId;
    public string UserId;
    public string? Status;
    public long SeqReply;
    public int ErrorStatus;
    public string? ErrorMessage;

    /// <summary>
    /// True for the reply to an action. An error may come without <c>seq_reply</c> (ws-error-no-seq.json).
    /// </summary>
    public readonly bool IsReply => Event is null && Status is not null;

    /// <summary>True for a numbered event.</summary>
    public readonly bool IsEvent => Event is { Length: > 0 } && Seq >= 0;

    /// <summary>Reads the envelope of a frame.</summary>
    /// <exception cref="JsonException">It is not one complete JSON object.</exception>
    /// <exception cref="InvalidOperationException">A field has an unexpected type, or a string is not
    /// UTF-8.</exception>
    /// <exception cref="FormatException">A number is out of range.</exception>
    public static RealtimeFrame Parse(ReadOnlySpan<byte> utf8)
    {
        var frame = new RealtimeFrame
        {
            Seq = NoSequence,
            SeqReply = NoSequence,
            ChannelId = string.Empty,
            TeamId = string.Empty,
            UserId = string.Empty,
        };
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The frame is not a JSON object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            frame.ReadField(ref reader, utf8);

        // Only white space may follow: the reader throws at anything else.
        reader.Read();
        return frame;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString() ?? string.Empty;

        reader.Skip();
        return string.Empty;
    }

    private static long ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    private void ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (reader.ValueTextEquals("event"u8))
            Event = ReadText(ref reader);
        else if (reader.ValueTextEquals("seq"u8))
            Seq = ReadNumber(ref reader);
        else if (reader.ValueTextEquals("data"u8))
            StepOverData(ref reader, utf8);
        else if (reader.ValueTextEquals("broadcast"u8))
            ReadBroadcast(ref reader);
        else if (reader.ValueTextEquals("status"u8))
            Status = ReadText(ref reader);
        else if (reader.ValueTextEquals("seq_reply"u8))
            SeqReply = ReadNumber(ref reader);
        else if (reader.ValueTextEquals("error"u8))
            ReadError(ref reader);
        else
            reader.Skip();
    }

    private void StepOverData(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        if (isObject)
            Data = utf8.Slice(start, (int)reader.BytesConsumed - start);
    }

    private void ReadBroadcast(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel_id"u8))
                ChannelId = ReadText(ref reader);
            else if (reader.ValueTextEquals("team_id"u8))
                TeamId = ReadText(ref reader);
            else if (reader.ValueTextEquals("user_id"u8))
                UserId = ReadText(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadError(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message"u8))
                ErrorMessage = ReadText(ref reader);
            else if (reader.ValueTextEquals("status_code"u8))
                ErrorStatus = (int)ReadNumber(ref reader);
            else
                reader.Skip();
        }
    }
}
