namespace MattermostXsoar.Core.State;

/// <summary>A line of one side that the store knows.</summary>
/// <param name="SourceId">Its id on the side it comes from.</param>
/// <param name="SourceAt">When it was said (ms).</param>
/// <param name="Version">Which version of it was recorded last.</param>
internal sealed record KnownLine(string SourceId, long SourceAt, long Version);
