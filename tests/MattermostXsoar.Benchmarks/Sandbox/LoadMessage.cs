using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>A message that contains the time at which it was due, so that its reader can compute how long it took. All
/// have the same length.</summary>
internal static class LoadMessage
{
    public const int Digits = 19;

    private static ReadOnlySpan<byte> Mark => "load "u8;

    public static byte[] Body(string channelId, long due) =>
        Encoding.UTF8.GetBytes(
            $"{{\"channel_id\":\"{channelId}\",\"message\":\"load {due.ToString("D19", CultureInfo.InvariantCulture)}: "
                + "the mail gateway has quarantined a message; headers are attached to the case.\"}"
        );

    /// <summary>The index of the digits of the time; -1 if this is not such a message.</summary>
    public static int Find(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf(Mark);
        return at < 0 ? -1 : at + Mark.Length;
    }

    /// <summary>The time at which a message was due.</summary>
    public static bool TryDue(ReadOnlySpan<byte> text, out long due)
    {
        due = 0;
        var at = Find(text);
        return at >= 0 && Utf8Parser.TryParse(text.Slice(at, Digits), out due, out _);
    }
}
