namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What the server answers where it has nothing to say but <c>OK</c>.</summary>
internal sealed class StatusResponse
{
    public string? Status { get; set; }
}
