namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The body of every error of Mattermost.</summary>
internal sealed class ServerError
{
    public string? Id { get; set; }

    public string? Message { get; set; }

    /// <summary>
    /// Empty in production. In developer mode it may contain the token in clear text (rest-error-401-bad-token.json).
    /// </summary>
    public string? DetailedError { get; set; }

    public string? RequestId { get; set; }
}
