namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A channel to create.</summary>
internal sealed class NewChannel
{
    public required string TeamId { get; init; }

    /// <summary>Lower case letters, digits, <c>-</c> and <c>_</c>; 2 to 64 of them.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary><c>O</c> public or <c>P</c> private.</summary>
    public required string Type { get; init; }

    public string? Purpose { get; init; }

    public string? Header { get; init; }
}
