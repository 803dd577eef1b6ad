using System.Text.Json;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>Writes the two actions that the client sends.</summary>
internal static class RealtimeMessages
{
    public static byte[] Challenge(long seq, AccessToken token) =>
        Write(writer =>
        {
            writer.WriteNumber("seq", seq);
            writer.WriteString("action", "authentication_challenge");
            writer.WriteStartObject("data");
            writer.WriteString("token", token.Reveal());
            writer.WriteEndObject();
        });

    public static byte[] Ping(long seq) =>
        Write(writer =>
        {
            writer.WriteNumber("seq", seq);
            writer.WriteString("action", "ping");
        });

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
