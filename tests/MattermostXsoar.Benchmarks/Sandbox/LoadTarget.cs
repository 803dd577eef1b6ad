namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>A server to load: its address, and for each client its token and the channel in which it writes and
/// listens.</summary>
internal sealed record LoadTarget(Uri Address, IReadOnlyList<(string Token, string ChannelId)> Clients);
