using System.Globalization;
using MattermostXsoar.Core.Mirroring.Reading;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>What people are told of messages that the server's limit of the message history hid before they were read.</summary>
internal static class GapNote
{
    /// <summary>What to do about it, for the list of failed deliveries.</summary>
    public const string Advice =
        "The messages are still in Mattermost's database: a license, or an export by its administrator, makes them "
        + "readable. Keep a listener running, so that messages are read before they are hidden. Sync-MattermostMirror "
        + "-RetryFailed removes this report.";

    /// <summary>How many messages, and from when.</summary>
    /// <param name="hidden">The messages.</param>
    /// <param name="since">The time up to which the channel was read before (ms); 0 if it was not read.</param>
    public static string For(HiddenPosts hidden, long since)
    {
        var from = since > 0 ? $" between {Utc(since)} and" : " up to";
        return string.Format(
                CultureInfo.InvariantCulture,
                hidden.AtLeast == 1
                    ? "At least {0} message of this channel{1}"
                    : "At least {0:N0} messages of this channel{1}",
                hidden.AtLeast,
                hidden.NewestAtMs > 0 ? $"{from} {Utc(hidden.NewestAtMs)}" : ""
            ) + " could not be mirrored: Mattermost's limit of the message history hid them before they were read.";
    }

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
