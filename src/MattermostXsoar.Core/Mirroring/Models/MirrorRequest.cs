using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>A person's request to start or change a mirror.</summary>
internal sealed record MirrorRequest
{
    public required string InvestigationId { get; init; }

    public required MattermostTeam Team { get; init; }

    public MirrorType Type { get; init; } = MirrorType.All;

    public MirrorDirection Direction { get; init; } = MirrorDirection.Both;

    public bool AutoClose { get; init; } = true;

    /// <summary>
    /// A channel's name or id; null for <c>incident-&lt;id&gt;</c>, or the channel of a mirror that exists.
    /// </summary>
    public string? Channel { get; init; }

    /// <summary>True to make a new channel private (<c>-MirrorTo Group</c>).</summary>
    public bool Private { get; init; } = true;

    /// <summary>Names, without <c>@</c>, that a War Room entry may mention in the chat.</summary>
    public IReadOnlyList<string> AllowedMentions { get; init; } = [];

    /// <summary>What of messages is mirrored only if it is asked for, such as reactions.</summary>
    public IReadOnlyList<MessageAspect> OptionalAspects { get; init; } = [];

    /// <summary>Removes the personal token's user from the channel when the mirror has been started.</summary>
    public bool KickAdmin { get; init; }
}
