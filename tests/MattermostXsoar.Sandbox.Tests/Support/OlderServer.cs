namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>The other of the two recorded servers, Mattermost 5.37, for tests that go by its recordings.</summary>
internal static class OlderServer
{
    public static SandboxOptions Options { get; } = new() { MattermostVersion = "5.37.0" };

    public static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(Options);
}
