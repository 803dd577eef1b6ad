using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>A running mirror as Mattermost's events and the comparison of channels see it.</summary>
internal interface IChatMirror
{
    MirrorRecord Mirror { get; }

    MirrorHealth Health { get; }

    ChannelHealth Channel { get; }

    ChatSource Chat { get; }
}
