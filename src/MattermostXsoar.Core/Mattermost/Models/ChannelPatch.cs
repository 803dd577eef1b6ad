namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The fields of a channel to change; null leaves a field as it is.</summary>
internal sealed class ChannelPatch
{
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Header { get; init; }

    public string? Purpose { get; init; }
}
