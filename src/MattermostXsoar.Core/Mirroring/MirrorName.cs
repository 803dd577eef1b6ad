using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>Which mirror a log record is about.</summary>
internal readonly record struct MirrorName(string InvestigationId, string ChannelId, string ChannelName)
{
    public static MirrorName Of(MirrorRecord mirror) => new(mirror.InvestigationId, mirror.ChannelId, mirror.ChannelName);
}
