namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>What holds up a part of a mirror.</summary>
/// <param name="Text">What people read: what happened, and what to do.</param>
/// <param name="Cause">The error, if there was one.</param>
internal readonly record struct HealthIssue(string Text, Exception? Cause = null);
