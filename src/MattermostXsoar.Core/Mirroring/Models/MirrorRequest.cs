using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>A person's request to start or change a mirror.</summary>
internal sealed record MirrorRequest
{
    public required string InvestigationId { get; init; }

    public required MattermostTeam Team { get; init; }

    /// <summary>Null for the type that the mirror has; for a new one, All.</summary>
    public MirrorType? Type { get; init; }

    /// <summary>Null for the direction that the mirror has; for a new one, Both.</summary>
    public MirrorDirection? Direction { get; init; }

    /// <summary>Null for what the mirror has; for a new one, true.</summary>
    public bool? AutoClose { get; init; }

    /// <summary>
    /// A channel's name or id; null for <c>incident-&lt;id&gt;</c>, or the channel of a mirror that exists.
    /// </summary>
    public string? Channel { get; init; }

    /// <summary>
    /// How open the channel may be: a private one (<c>-MirrorTo Group</c>) or a public one (<c>Channel</c>), which is
    /// then the type of a channel that has to be created. Null for what the mirror has; for a new one, private.
    /// </summary>
    public bool? Private { get; init; }

    /// <summary>Uses a channel that exists even if it is public; null for what the mirror has.</summary>
    public bool? AllowPublic { get; init; }

    /// <summary>
    /// Names, without <c>@</c>, that a War Room entry may mention in the chat; null for those that the mirror has.
    /// </summary>
    public IReadOnlyList<string>? AllowedMentions { get; init; }

    /// <summary>
    /// What of messages is mirrored only if it is asked for, such as reactions; null for what the mirror has.
    /// </summary>
    public IReadOnlyList<MessageAspect>? OptionalAspects { get; init; }

    /// <summary>Removes the personal token's user from the channel when the mirror has been started.</summary>
    public bool KickAdmin { get; init; }
}
