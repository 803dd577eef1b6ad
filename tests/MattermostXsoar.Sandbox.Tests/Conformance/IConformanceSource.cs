namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>Something that plays recordings against the sandbox and says what came of it: one section of the
/// document.</summary>
internal interface IConformanceSource
{
    Task<ConformanceSection> RunAsync();
}
