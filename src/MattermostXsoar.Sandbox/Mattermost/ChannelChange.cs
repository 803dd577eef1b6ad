namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>The changes to a channel; null leaves a field unchanged.</summary>
internal sealed record ChannelChange
{
    public string? DisplayName { get; init; }

    public string? Name { get; init; }

    public string? Header { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Whether the whole channel was sent (PUT) and not only the changes.</summary>
    public bool IsWhole { get; init; }
}
