using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>The outcome of a request to create a post.</summary>
/// <param name="Post">The new post; for a repeated request the first one, as it is now.</param>
/// <param name="Posted">The event to publish; null for a repeated request.</param>
/// <param name="PendingPostId">The id that the answer repeats; empty for a repeated request.</param>
internal sealed record CreatedPost(SandboxPost Post, ServerEvent? Posted, string PendingPostId);
