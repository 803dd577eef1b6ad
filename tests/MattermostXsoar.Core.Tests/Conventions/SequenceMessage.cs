namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>An arrow of a <see cref="SequenceDiagram"/>.</summary>
/// <param name="From">The label of where it begins.</param>
/// <param name="To">The label of where it ends.</param>
/// <param name="IsAnswer">Whether it is dashed: what a call returns, or what comes of it later.</param>
internal sealed record SequenceMessage(string From, string To, bool IsAnswer);
