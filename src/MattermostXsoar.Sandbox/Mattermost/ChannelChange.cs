namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>What is to change of a channel; null leaves a field as it is.</summary>
internal sealed record ChannelChange
{
    public string? DisplayName { get; init; }

    public string? Name { get; init; }

    public string? Header { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Whether the whole channel was sent (PUT) and not only what changes.</summary>
    public bool IsWhole { get; init; }
}
