using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>
/// Compares all headers: the same names, and the same values except for ids, times, the build's name in
/// <c>X-Version-Id</c> and the length of a body whose ids and times may differ.
/// </summary>
internal static partial class HeaderComparison
{
    public static IEnumerable<string> Compare(RecordedCall recorded, Answered answered, BodyComparison texts)
    {
        var expected = recorded.Headers.ToDictionary(
            static it => it.Name,
            static it => it.Value,
            StringComparer.OrdinalIgnoreCase
        );
        foreach (var (name, value) in expected)
        {
            if (IsLength(name))
                continue;
            if (!answered.Headers.TryGetValue(name, out var actual))
                yield return $"{name}: recorded “{value}”, not in the sandbox's answer";
            else if (!Same(name, value, actual, texts))
                yield return $"{name}: recorded “{value}”, sandbox “{actual}”";
        }
        foreach (var name in answered.Headers.Keys)
        {
            if (!expected.ContainsKey(name) && !(IsLength(name) && expected.Keys.Any(IsLength)))
                yield return $"{name}: only in the sandbox's answer";
        }
    }

    /// <summary>A long answer has no length but comes in chunks.</summary>
    private static bool IsLength(string name) =>
        name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string name, string recorded, string sandbox, BodyComparison texts) =>
        name.ToUpperInvariant() switch
        {
            "DATE" or "LAST-MODIFIED" => HttpDate().IsMatch(sandbox),
            "X-VERSION-ID" => VersionId().Match(recorded).Groups[1].Value == VersionId().Match(sandbox).Groups[1].Value,
            // A root and its reply change at the same time: which of them is named depends on their ids.
            "ETAG" when texts.HasThreadTag => BodyComparison.Settle(recorded) == BodyComparison.Settle(sandbox),
            _ => texts.SameText(recorded, sandbox),
        };

    [GeneratedRegex(@"^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$")]
    private static partial Regex HttpDate();

    // Version, build, hash of the configuration, whether there is a license.
    [GeneratedRegex(@"^(\d+\.\d+\.\d+)\..+\.(?:[0-9a-f]{32}|[0-9a-f]{64})\.(?:true|false)$")]
    private static partial Regex VersionId();
}
