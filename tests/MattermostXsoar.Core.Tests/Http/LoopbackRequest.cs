namespace MattermostXsoar.Core.Tests.Http;

/// <summary>A request as it came over the wire.</summary>
internal sealed record LoopbackRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    /// <summary>The path and query, whether the target is absolute (as a proxy gets it) or not.</summary>
    public string PathAndQuery =>
        Target.StartsWith("http", StringComparison.Ordinal) ? new Uri(Target).PathAndQuery : Target;
}
