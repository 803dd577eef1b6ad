namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>What the sandbox answered, its body unpacked.</summary>
internal sealed record Answered(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
