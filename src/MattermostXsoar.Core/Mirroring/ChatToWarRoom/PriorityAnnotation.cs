using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// The priority of a message. The message's own entry shows the one that it was written with; a later one, which moves
/// no time of an edit, is an entry of its own.
/// </summary>
internal sealed class PriorityAnnotation(MattermostAccess mattermost, XsoarAccess xsoar, MirrorRecord mirror)
    : IPostAnnotation
{
    private readonly EntryComposer _composer = new(mattermost, mirror);

    public MessageAspect Aspect => MessageAspect.Priority;

    public bool IsShownByMessage => true;

    public bool IsMirrored(MirrorRecord mirror) => true;

    public string StateOf(MattermostPost post) => PostPriority.StateOf(post);

    public async Task<DeliveryOutcome> SendAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        // The bot's own post.
        if (post.EntryId.Length > 0)
            return DeliveryOutcome.Nothing;
        var text = await _composer.ComposePriorityAsync(delivery, post, cancellationToken).ConfigureAwait(false);
        var entry = await xsoar
            .Client.AddFormattedEntryAsync(mirror.InvestigationId, text, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return DeliveryOutcome.Arrived(entry.Id);
    }
}
