using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A custom emoji.</summary>
internal sealed record SandboxEmoji(string Id, string CreatorId, string Name, long CreateAt, StoredContent Image);
