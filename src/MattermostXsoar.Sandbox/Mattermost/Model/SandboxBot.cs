namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>What the server stores about a bot in addition to its account.</summary>
internal sealed class SandboxBot
{
    public string Description { get; set; } = "";

    /// <summary>The id of its owner.</summary>
    public string OwnerId { get; set; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; set; }

    /// <summary>When it was disabled, in ms since the epoch; 0 while it is enabled.</summary>
    public long DeleteAt { get; set; }
}
