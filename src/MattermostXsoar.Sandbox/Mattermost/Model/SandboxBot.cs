namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>What the server keeps of a bot beside its account.</summary>
internal sealed class SandboxBot
{
    public string Description { get; set; } = "";

    /// <summary>The id of the one who answers for it.</summary>
    public string OwnerId { get; set; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; set; }

    /// <summary>When it was switched off, in ms since the epoch; 0 while it is on.</summary>
    public long DeleteAt { get; set; }
}
