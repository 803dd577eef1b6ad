using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>A line that says when it was due, so that whoever reads it knows how long it was under way. All have one
/// length.</summary>
internal static class LoadMessage
{
    public const int Digits = 19;

    private static ReadOnlySpan<byte> Mark => "load "u8;

    public static byte[] Body(string channelId, long due) =>
        Encoding.UTF8.GetBytes(
            $"{{\"channel_id\":\"{channelId}\",\"message\":\"load {due.ToString("D19", CultureInfo.InvariantCulture)}: the mail gateway has quarantined a message; headers are attached to the case.\"}}"
        );

    /// <summary>Where the digits of the time stand; -1 when this is no such line.</summary>
    public static int Find(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf(Mark);
        return at < 0 ? -1 : at + Mark.Length;
    }

    /// <summary>The time at which a line was due.</summary>
    public static bool TryDue(ReadOnlySpan<byte> text, out long due)
    {
        due = 0;
        var at = Find(text);
        return at >= 0 && Utf8Parser.TryParse(text.Slice(at, Digits), out due, out _);
    }
}
