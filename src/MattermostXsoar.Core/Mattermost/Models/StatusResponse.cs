namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The response of requests that return only <c>OK</c>.</summary>
internal sealed class StatusResponse
{
    public string? Status { get; set; }
}
