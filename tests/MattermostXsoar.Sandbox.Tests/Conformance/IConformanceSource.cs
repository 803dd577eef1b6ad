namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>Replays recordings against the sandbox and reports the result as one section of the document.</summary>
internal interface IConformanceSource
{
    Task<ConformanceSection> RunAsync();
}
