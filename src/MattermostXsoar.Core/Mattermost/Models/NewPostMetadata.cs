namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What a new post says about itself.</summary>
internal sealed class NewPostMetadata
{
    public required NewPostPriority Priority { get; init; }
}
