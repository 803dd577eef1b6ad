namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>The priority of a post.</summary>
/// <param name="Priority"><c>important</c>, <c>urgent</c> or any other word that the client sent; null if it sent
/// none.</param>
/// <param name="RequestedAck">Whether readers shall acknowledge it; null if the client did not say.</param>
/// <param name="PersistentNotifications">Whether mentioned people are notified again and again; null if the client did
/// not say.</param>
public sealed record SandboxPriority(string? Priority, bool? RequestedAck = null, bool? PersistentNotifications = null);
