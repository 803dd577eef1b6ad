namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The fields of a post to change; null leaves a field as it is.</summary>
internal sealed class PostPatch
{
    public string? Message { get; init; }
}
