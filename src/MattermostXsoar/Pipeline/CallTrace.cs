using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Brings the calls that a cmdlet causes to that cmdlet's verbose stream, and nobody else's: a listener works in the
/// same session at the same time.
/// </summary>
internal static class CallTrace
{
    private static readonly AsyncLocal<Action<HttpCallRecord>?> Listener = new();

    /// <summary>Hears of the calls made by the present flow of work from here on; null for silence.</summary>
    public static void Listen(Action<HttpCallRecord>? listener) => Listener.Value = listener;

    public static void Publish(HttpCallRecord call) => Listener.Value?.Invoke(call);

    public static string Describe(HttpCallRecord call)
    {
        var attempt = call.Attempt > 1 ? $" (try {call.Attempt})" : "";
        var outcome = call.Error ?? (call.Status is { } status ? $"HTTP {status}" : "no answer");
        return $"{call.Method} {call.Path}{attempt}: {outcome} in {call.Duration.TotalMilliseconds:0} ms";
    }
}
