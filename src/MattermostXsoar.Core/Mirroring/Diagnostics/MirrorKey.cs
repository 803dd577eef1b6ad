using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>Which mirror a log record is about.</summary>
internal readonly record struct MirrorKey(string InvestigationId, string ChannelId, string ChannelName)
{
    public static MirrorKey Of(MirrorRecord mirror) =>
        new(mirror.InvestigationId, mirror.ChannelId, mirror.ChannelName);
}
