using System.Globalization;

namespace MattermostXsoar.Core.State;

/// <summary>
/// Where a look-up on the other side has to begin to find a delivery that may have arrived: at a post of the channel,
/// or at a time of the War Room. The default is its beginning.
/// </summary>
internal readonly record struct LookupStart
{
    private LookupStart(string? postId, long ticks) => (PostId, Ticks) = (postId, ticks);

    /// <summary>The whole channel or War Room.</summary>
    public static LookupStart Beginning => default;

    /// <summary>In a channel: what was posted before it need not be looked at; null for the whole channel.</summary>
    public string? PostId { get; }

    /// <summary>In a War Room: 100 ns ticks UTC of XSOAR's clock; 0 for the whole War Room.</summary>
    public long Ticks { get; }

    /// <summary>Behind a post.</summary>
    public static LookupStart AtPost(string? postId) => new(postId, 0);

    /// <summary>At a time of XSOAR's clock (100 ns ticks UTC); 0 for the beginning.</summary>
    public static LookupStart AtTime(long ticks) => new(null, ticks);

    /// <summary>As the store keeps it.</summary>
    public string? ToText() => PostId ?? (Ticks > 0 ? Ticks.ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>From the store.</summary>
    /// <param name="direction">Tells which of the two it is.</param>
    /// <param name="text">As <see cref="ToText"/> wrote it.</param>
    public static LookupStart FromText(DeliveryDirection direction, string? text) =>
        direction == DeliveryDirection.WarRoomToChat ? AtPost(text)
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var ticks) ? AtTime(ticks)
        : Beginning;
}
