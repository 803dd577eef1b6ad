namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>What to do at a point in time.</summary>
/// <param name="Send">A frame to send, or null.</param>
/// <param name="Failure">Why the connection has failed, or null.</param>
/// <param name="NextIn">The longest time until the next call.</param>
internal readonly record struct Heartbeat(byte[]? Send, string? Failure, TimeSpan NextIn);
