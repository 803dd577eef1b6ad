using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Brings the calls that a cmdlet causes to that cmdlet's verbose stream, and nobody else's: a listener works in the
/// same session at the same time. What a cmdlet leaves running falls silent when the cmdlet ends.
/// </summary>
internal sealed class CallTrace(Action<HttpCallRecord> listener) : IDisposable
{
    private static readonly AsyncLocal<CallTrace?> Current = new();

    private volatile Action<HttpCallRecord>? _listener = listener;

    /// <summary>From here on, this flow of work is listened to.</summary>
    public void Enter() => Current.Value = this;

    public void Dispose() => _listener = null;

    public static void Publish(HttpCallRecord call) => Current.Value?._listener?.Invoke(call);

    public static string Describe(HttpCallRecord call)
    {
        var attempt = call.Attempt > 1 ? $" (try {call.Attempt})" : "";
        var outcome = call.Error ?? (call.Status is { } status ? $"HTTP {status}" : "no answer");
        return $"{call.Method} {call.Path}{attempt}: {outcome} in {call.Duration.TotalMilliseconds:0} ms";
    }
}
