namespace MattermostXsoar.Sandbox.Page;

/// <summary>A channel and an incident between which mirrored posts or entries were seen, or which a mirror's first post
/// names.</summary>
internal sealed class MirrorPair(string channelId, string incidentId)
{
    public string ChannelId => channelId;

    public string IncidentId => incidentId;

    public MirrorLane ToWarRoom { get; } = new();

    public MirrorLane ToChat { get; } = new();

    /// <summary>When the bot posted that the channel is for the incident; null if it did not.</summary>
    public double? AnnouncedAt { get; set; }

    /// <summary>The time from which posts and entries are expected to be mirrored.</summary>
    public double Since =>
        AnnouncedAt ?? Math.Min(ToWarRoom.FirstWrittenAt ?? double.MaxValue, ToChat.FirstWrittenAt ?? double.MaxValue);

    public int Crossed => ToWarRoom.Crossed + ToChat.Crossed;

    /// <summary>In ms, over the last ones of both directions; null if none was mirrored.</summary>
    public double? MedianLatency
    {
        get
        {
            var sorted = ToWarRoom.Latencies.Concat(ToChat.Latencies).Order().ToArray();
            return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
