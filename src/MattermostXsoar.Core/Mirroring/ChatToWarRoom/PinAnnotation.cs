using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>A pin marks the message's entry as a note in the War Room; unpinning removes the mark.</summary>
internal sealed class PinAnnotation(XsoarAccess xsoar, StateStore store, MirrorRecord mirror) : IPostAnnotation
{
    private const string Pinned = "pinned";

    public MessageAspect Aspect => MessageAspect.Pin;

    public bool IsShownByMessage => false;

    public bool IsMirrored(MirrorRecord mirror) => true;

    public string StateOf(MattermostPost post) => post.IsPinned ? Pinned : "";

    public async Task<DeliveryOutcome> SendAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        var entryId = EntryOf(delivery, post);
        if (entryId is null)
            return DeliveryOutcome.Nothing;
        await xsoar
            .Client.MarkAsNoteAsync(mirror.InvestigationId, entryId, post.State == Pinned, cancellationToken)
            .ConfigureAwait(false);
        return DeliveryOutcome.Arrived(entryId);
    }

    // The entry that was marked before, or else the one that shows the message as it is now; a post of the bot shows an
    // entry of the War Room itself.
    private string? EntryOf(DeliveryRecord delivery, PostPayload post) =>
        post.EntryId.Length > 0
            ? post.EntryId
            : store.TargetOf(mirror.Id, delivery.Direction, delivery.SourceId, 0, MessageAspect.Pin)
                ?? store.TargetOf(mirror.Id, delivery.Direction, delivery.SourceId, 0);
}
