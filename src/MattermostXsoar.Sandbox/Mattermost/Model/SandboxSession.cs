namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A token and its account: a personal access token, or one from a login.</summary>
internal sealed class SandboxSession
{
    public required string Id { get; init; }

    public required string Token { get; init; }

    public required string UserId { get; init; }

    /// <summary>The id under which a personal access token is listed; null for a login.</summary>
    public string? AccessTokenId { get; init; }

    public string Description { get; init; } = "";

    public long CreateAt { get; init; }

    public long ExpiresAt { get; init; }

    /// <summary>Whether an administrator has disabled the token.</summary>
    public bool IsDisabled { get; set; }

    public string Csrf { get; } = Ids.New();

    public long LastActivityAt { get; set; }

    /// <summary>When it was used last for a call, in milliseconds since 1970; the server does not show it.</summary>
    internal long UsedAt { get; set; }
}
