using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>An event, serialised once; each connection only adds its own sequence number.</summary>
internal sealed class ServerEvent
{
    private readonly byte[] _head;

    private ServerEvent(string name, Audience audience, byte[] head)
    {
        Name = name;
        Audience = audience;
        _head = head;
    }

    public string Name { get; }

    public Audience Audience { get; }

    public static ServerEvent Create<TState>(
        string name,
        Audience audience,
        TState state,
        Action<Utf8JsonWriter, TState> writeData
    ) =>
        new(
            name,
            audience,
            Json.Bytes(
                (name, audience, state, writeData),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("event"u8, it.name);
                    writer.WriteStartObject("data"u8);
                    it.writeData(writer, it.state);
                    writer.WriteEndObject();
                    writer.WriteStartObject("broadcast"u8);
                    if (it.audience.OmitUserId.Length == 0)
                    {
                        writer.WriteNull("omit_users"u8);
                    }
                    else
                    {
                        writer.WriteStartObject("omit_users"u8);
                        writer.WriteBoolean(it.audience.OmitUserId, true);
                        writer.WriteEndObject();
                    }
                    writer.WriteString("user_id"u8, it.audience.UserId);
                    writer.WriteString("channel_id"u8, it.audience.ChannelId);
                    writer.WriteString("team_id"u8, it.audience.TeamId);
                    writer.WriteEndObject();
                }
            )
        );

    /// <summary>The whole frame. The server ends each with a line break.</summary>
    public byte[] Frame(long sequence)
    {
        var tail = ",\"seq\":"u8;
        var frame = new byte[_head.Length + tail.Length + 22];
        _head.CopyTo(frame, 0);
        var next = _head.Length;
        tail.CopyTo(frame.AsSpan(next));
        next += tail.Length;
        sequence.TryFormat(
            frame.AsSpan(next),
            out var digits,
            provider: System.Globalization.CultureInfo.InvariantCulture
        );
        next += digits;
        frame[next++] = (byte)'}';
        frame[next++] = (byte)'\n';
        return frame.AsSpan(0, next).ToArray();
    }
}
