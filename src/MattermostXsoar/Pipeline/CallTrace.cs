using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Writes the calls of a cmdlet to its verbose stream, and no others: a listener uses the same session at the same
/// time. Calls of work that is still running when the cmdlet ends are not written.
/// </summary>
internal sealed class CallTrace(Action<HttpCallRecord> listener) : IDisposable
{
    private static readonly AsyncLocal<CallTrace?> Current = new();

    private volatile Action<HttpCallRecord>? _listener = listener;

    /// <summary>Begins to trace the calls of the current asynchronous flow.</summary>
    public void Enter() => Current.Value = this;

    public void Dispose() => _listener = null;

    public static void Publish(HttpCallRecord call) => Current.Value?._listener?.Invoke(call);

    public static string Describe(HttpCallRecord call)
    {
        var attempt = call.Attempt > 1 ? $" (attempt {call.Attempt})" : "";
        var outcome = call.Error ?? (call.Status is { } status ? $"HTTP {status}" : "no response");
        return $"{call.Method} {call.Path}{attempt}: {outcome} in {call.Duration.TotalMilliseconds:0} ms";
    }
}
