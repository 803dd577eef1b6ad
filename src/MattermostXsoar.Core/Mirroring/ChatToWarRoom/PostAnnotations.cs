using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>All kinds of annotations.</summary>
internal static class PostAnnotations
{
    public static IReadOnlyList<IPostAnnotation> Of(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        StateStore store,
        MirrorRecord mirror
    ) =>
        [
            new PinAnnotation(xsoar, store, mirror),
            new ReactionAnnotation(mattermost, xsoar, store, mirror),
            new PriorityAnnotation(mattermost, xsoar, mirror),
        ];
}
