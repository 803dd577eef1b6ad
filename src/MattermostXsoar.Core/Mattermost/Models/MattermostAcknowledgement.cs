namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Somebody's acknowledgement of a post.</summary>
public sealed class MattermostAcknowledgement
{
    internal MattermostAcknowledgement() { }

    /// <summary>The post.</summary>
    public string PostId { get; internal init; } = "";

    /// <summary>Who acknowledged it.</summary>
    public string UserId { get; internal init; } = "";

    /// <summary>Their username; empty if the server does not show the user.</summary>
    public string Username { get; internal init; } = "";

    /// <summary>When they did.</summary>
    public DateTimeOffset AcknowledgedAt { get; internal init; }

    /// <summary>The username.</summary>
    public override string ToString() => Username.Length > 0 ? "@" + Username : UserId;
}
