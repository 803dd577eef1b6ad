namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>A server to load: its address, and each client's token and channel.</summary>
internal sealed record LoadTarget(Uri Address, IReadOnlyList<(string Token, string ChannelId)> Clients);
