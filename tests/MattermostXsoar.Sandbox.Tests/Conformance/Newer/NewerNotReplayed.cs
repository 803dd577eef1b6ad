namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Recordings of 11.6 that are not replayed, and why.</summary>
internal static class NewerNotReplayed
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal) { };

    public static string? Reason(string recording) => Reasons.GetValueOrDefault(recording);
}
