namespace MattermostXsoar.Sandbox.Page;

/// <summary>A channel and an incident between which lines were seen to cross, or which a mirror's first post
/// names.</summary>
internal sealed class MirrorPair(string channelId, string incidentId)
{
    public string ChannelId => channelId;

    public string IncidentId => incidentId;

    public MirrorLane ToWarRoom { get; } = new();

    public MirrorLane ToChat { get; } = new();

    /// <summary>When the bot said that the channel is for the incident; null when it did not.</summary>
    public double? AnnouncedAt { get; set; }

    /// <summary>From when on a line is expected to cross.</summary>
    public double Since =>
        AnnouncedAt ?? Math.Min(ToWarRoom.FirstSaidAt ?? double.MaxValue, ToChat.FirstSaidAt ?? double.MaxValue);

    public int Crossed => ToWarRoom.Crossed + ToChat.Crossed;

    /// <summary>In ms, over the last lines of both directions; null when none has crossed.</summary>
    public double? MedianLatency
    {
        get
        {
            var sorted = ToWarRoom.Latencies.Concat(ToChat.Latencies).Order().ToArray();
            return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
