using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>Writes the two actions that the client sends.</summary>
internal static class RealtimeMessages
{
    /// <summary>
    /// The most bytes that a server reads as one frame; a longer one closes the connection with 1009
    /// (ws-session-frame-too-large.json of 11.6).
    /// </summary>
    public const int MaxBytes = 8192;

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

        return stream.Length <= MaxBytes
            ? stream.ToArray()
            : throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"A frame of {stream.Length} bytes is longer than the {MaxBytes} that a Mattermost server reads.",
                "Check the token: none of Mattermost is that long."
            );
    }
}
