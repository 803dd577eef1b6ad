using System.Buffers;
using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The fields of an event's <c>data</c> that every event is read for; the rest is not parsed.</summary>
internal ref struct RealtimeEventData
{
    public string ChannelId;
    public string TeamId;
    public string ConnectionId;
    public string? SenderName;
    public MattermostPost? Post;

    /// <summary>True if there is a post that cannot be read: it must be read with REST.</summary>
    public bool PostUnreadable;

    /// <summary>Reads an event's <c>data</c>.</summary>
    public static RealtimeEventData Parse(ReadOnlySpan<byte> utf8)
    {
        var data = new RealtimeEventData
        {
            ChannelId = string.Empty,
            TeamId = string.Empty,
            ConnectionId = string.Empty,
        };
        if (utf8.IsEmpty)
            return data;

        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            data.ReadField(ref reader, utf8);

        return data;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString() ?? string.Empty;

        reader.Skip();
        return string.Empty;
    }

    private void ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (reader.ValueTextEquals("post"u8))
            ReadPost(ref reader, utf8);
        else if (reader.ValueTextEquals("channel_id"u8))
            ChannelId = ReadText(ref reader);
        else if (reader.ValueTextEquals("team_id"u8))
            TeamId = ReadText(ref reader);
        else if (reader.ValueTextEquals("sender_name"u8))
            SenderName = ReadText(ref reader);
        else if (reader.ValueTextEquals("connection_id"u8))
            ConnectionId = ReadText(ref reader);
        else
            reader.Skip();
    }

    // The post is a JSON string inside the JSON (ws-posted.json); a later version might send an object.
    private void ReadPost(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            var length = reader.ValueSpan.Length;
            var unescaped = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                Deserialize(unescaped.AsSpan(0, reader.CopyString(unescaped)));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(unescaped);
            }
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Deserialize(utf8.Slice(start, (int)reader.BytesConsumed - start));
        }
    }

    private void Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            Post = JsonSerializer.Deserialize(utf8, MattermostJson.Default.MattermostPost);
            PostUnreadable = Post is null || Post.Id.Length == 0;
        }
        catch (Exception error) when (LenientJson.IsInvalid(error))
        {
            PostUnreadable = true;
        }

        if (PostUnreadable)
            Post = null;
    }
}
