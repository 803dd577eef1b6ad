namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What the server answers where it has nothing to say but <c>OK</c>.</summary>
internal sealed class StatusAnswer
{
    public string? Status { get; set; }
}
