namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What to change of a post; what is null stays as it is.</summary>
internal sealed class PostPatch
{
    public string? Message { get; init; }
}
