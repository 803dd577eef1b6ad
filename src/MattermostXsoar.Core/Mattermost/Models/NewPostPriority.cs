namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The priority of a new post (recorded of 11.6: rest-posts-create-priority-*).</summary>
internal sealed class NewPostPriority
{
    /// <summary><c>important</c> or <c>urgent</c>; empty for none.</summary>
    public required string Priority { get; init; }

    public bool RequestedAck { get; init; }
}
