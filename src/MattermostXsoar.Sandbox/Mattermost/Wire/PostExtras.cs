using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>What only some calls write about a post.</summary>
internal sealed record PostExtras
{
    /// <summary>The client's id, in what is written of the post as it is created.</summary>
    public string PendingPostId { get; init; } = "";

    /// <summary>Whether the metadata is left out.</summary>
    public bool IsBare { get; init; }

    /// <summary>The server, for the participants of the thread; null if the call does not collapse threads.</summary>
    public MattermostWorld? Collapses { get; init; }

    /// <summary>Who asks, for whether they follow the thread.</summary>
    public SandboxUser? Viewer { get; init; }

    /// <summary>Whether whole accounts are written for participants.</summary>
    public bool Extended { get; init; }
}
