using System.Globalization;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>An event, serialised once; each connection only adds its own sequence number.</summary>
internal sealed class ServerEvent
{
    private readonly byte[] _data;
    private byte[]? _head;

    private ServerEvent(string name, Audience audience, byte[] data)
    {
        Name = name;
        Audience = audience;
        _data = data;
    }

    public string Name { get; }

    public Audience Audience { get; private init; }

    /// <summary>What single receivers get in place of it, by their ids.</summary>
    public IReadOnlyDictionary<string, ServerEvent>? Personal { get; init; }

    /// <summary>Made for one receiver; decides how it is spelled.</summary>
    public bool IsPersonal { get; private init; }

    public static ServerEvent Create<TState>(
        string name,
        Audience audience,
        TState state,
        Action<Utf8JsonWriter, TState> writeData,
        bool isPersonal = false,
        IReadOnlyDictionary<string, ServerEvent>? personal = null
    ) =>
        new(
            name,
            audience,
            Json.Bytes(
                (state, writeData),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    it.writeData(writer, it.state);
                    writer.WriteEndObject();
                }
            )
        )
        {
            IsPersonal = isPersonal,
            Personal = personal,
        };

    /// <summary>The same for other receivers.</summary>
    public ServerEvent To(Audience audience) => new(Name, audience, _data);

    /// <summary>What a receiver gets.</summary>
    public ServerEvent For(string userId) =>
        Personal is not null && Personal.TryGetValue(userId, out var own) ? own : this;

    /// <summary>The whole frame.</summary>
    /// <param name="sequence">Its number on the connection.</param>
    /// <param name="version">What the server's version is like.</param>
    public byte[] Frame(long sequence, SocketVersion version)
    {
        var spaced = version.SpacesSharedFrames && !IsPersonal;
        var head = _head ??= Head(version, spaced);
        var tail = spaced ? ", \"seq\": "u8 : ",\"seq\":"u8;
        var frame = new byte[head.Length + tail.Length + 22];
        head.CopyTo(frame, 0);
        var next = head.Length;
        tail.CopyTo(frame.AsSpan(next));
        next += tail.Length;
        sequence.TryFormat(frame.AsSpan(next), out var digits, provider: CultureInfo.InvariantCulture);
        next += digits;
        frame[next++] = (byte)'}';
        // A frame ends with a line break, but for those with blanks.
        if (!spaced)
            frame[next++] = (byte)'\n';
        return frame.AsSpan(0, next).ToArray();
    }

    private byte[] Head(SocketVersion version, bool spaced)
    {
        var broadcast = Json.Bytes(
            (Audience, version),
            static (writer, it) => WriteBroadcast(writer, it.Audience, it.version)
        );
        return spaced
            ?
            [
                .. "{\"event\": \""u8,
                .. Name(),
                .. "\", \"data\": "u8,
                .. _data,
                .. ", \"broadcast\": "u8,
                .. broadcast,
            ]
            : [.. "{\"event\":\""u8, .. Name(), .. "\",\"data\":"u8, .. _data, .. ",\"broadcast\":"u8, .. broadcast];

        byte[] Name() => System.Text.Encoding.UTF8.GetBytes(this.Name);
    }

    private static void WriteBroadcast(Utf8JsonWriter writer, Audience audience, SocketVersion version)
    {
        writer.WriteStartObject();
        if (audience.OmitUserId.Length == 0)
        {
            writer.WriteNull("omit_users"u8);
        }
        else
        {
            writer.WriteStartObject("omit_users"u8);
            writer.WriteBoolean(audience.OmitUserId, true);
            writer.WriteEndObject();
        }
        writer.WriteString("user_id"u8, audience.UserId);
        writer.WriteString("channel_id"u8, audience.ChannelId);
        writer.WriteString("team_id"u8, audience.TeamId);
        if (version.BroadcastsNameConnections)
        {
            writer.WriteString("connection_id"u8, "");
            writer.WriteString("omit_connection_id"u8, "");
            if (audience.Administrators is { } sensitive)
                writer.WriteBoolean(sensitive ? "contains_sensitive_data"u8 : "contains_sanitized_data"u8, true);
        }
        writer.WriteEndObject();
    }
}
