using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// One kind of what people attach to a message beside its text, such as a pin: its state on a post, and how the War
/// Room shows that. Only the newest state counts, so a delivery may be repeated harmlessly, and one that waits includes
/// those recorded after it.
/// </summary>
internal interface IPostAnnotation
{
    /// <summary>What of a message it is, for the store's key.</summary>
    MessageAspect Aspect { get; }

    /// <summary>Whether it is mirrored by a mirror.</summary>
    bool IsMirrored(MirrorRecord mirror);

    /// <summary>Whether the message's own entry shows the state that it was written with.</summary>
    bool IsShownByMessage { get; }

    /// <summary>Its state on a post; empty where there is none.</summary>
    string StateOf(MattermostPost post);

    /// <summary>Shows the state in the War Room.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="post">What is stored of the post, with the state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<DeliveryOutcome> SendAsync(DeliveryRecord delivery, PostPayload post, CancellationToken cancellationToken);
}
