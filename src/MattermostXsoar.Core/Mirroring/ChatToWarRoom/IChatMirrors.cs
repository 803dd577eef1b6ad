namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>The running mirrors, by their channels.</summary>
internal interface IChatMirrors
{
    IReadOnlyList<IChatMirror> All { get; }

    /// <summary>The mirrors of a channel; several investigations may share one.</summary>
    IReadOnlyList<IChatMirror> OfChannel(string channelId);
}
