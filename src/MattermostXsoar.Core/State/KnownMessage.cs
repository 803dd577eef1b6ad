namespace MattermostXsoar.Core.State;

/// <summary>A message or entry that the store knows.</summary>
/// <param name="SourceId">Its id on the side it comes from.</param>
/// <param name="SourceAt">When it was written (ms).</param>
/// <param name="Version">The version that was recorded last.</param>
internal sealed record KnownMessage(string SourceId, long SourceAt, long Version);
