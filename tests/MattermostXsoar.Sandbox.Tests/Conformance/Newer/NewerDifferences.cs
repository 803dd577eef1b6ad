namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Why answers differ from those recorded of 11.6.</summary>
internal static class NewerDifferences
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal) { };

    public static string Explanation(string recording) => Reasons.GetValueOrDefault(recording, "not as recorded yet");
}
