namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>The sandbox's answer, its body uncompressed.</summary>
internal sealed record Answered(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
