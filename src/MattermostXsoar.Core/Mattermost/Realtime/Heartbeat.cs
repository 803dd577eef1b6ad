namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>What the clock asks for.</summary>
/// <param name="Send">A frame to send, or null.</param>
/// <param name="Dead">Why the connection counts as dead, or null.</param>
/// <param name="NextIn">When to ask again at the latest.</param>
internal readonly record struct Heartbeat(byte[]? Send, string? Dead, TimeSpan NextIn);
