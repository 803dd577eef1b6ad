using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Page;

/// <summary><c>GET /sandbox/live</c>: server-sent events for one viewer until they leave.</summary>
internal sealed class LiveFeed(SandboxServer sandbox, CrossingLedger ledger)
{
    // Under load the page is updated at most this often.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    // Faults and calls change without a signal; they are checked this often.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    // The page's clock is the machine's, whatever clock the servers have.
    private readonly TimeProvider _time = TimeProvider.System;

    public async Task RunAsync(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        var query = http.Request.Query;
        var view = new LiveView(
            sandbox,
            ledger,
            query["channel"] is [{ Length: > 0 } channel] ? channel : null,
            query["incident"] is [{ Length: > 0 } incident] ? incident : null
        );
        var left = http.RequestAborted;
        var lastSent = 0L;
        while (!left.IsCancellationRequested)
        {
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(left);
            // Requested before the state is read, so that no change is missed.
            var change = Task.WhenAny(
                NextChange<MattermostWorld>(sandbox.Mattermost.WhenAsync, turn.Token),
                NextChange<XsoarWorld>(sandbox.Xsoar.WhenAsync, turn.Token),
                Task.Delay(Look, _time, turn.Token)
            );
            var sent = false;
            foreach (var message in view.Next())
            {
                await WriteAsync(response, message, left);
                sent = true;
            }
            if (!sent && _time.GetElapsedTime(lastSent) > Beat)
            {
                await WriteAsync(response, "{\"type\":\"beat\"}"u8.ToArray(), left);
                sent = true;
            }
            if (sent)
            {
                await response.Body.FlushAsync(left);
                lastSent = _time.GetTimestamp();
            }
            await change;
            await turn.CancelAsync();
            await Task.Delay(Pause, _time, left);
        }
    }

    /// <summary>Ends with the first change after the call: the condition is evaluated at once, and then after each
    /// change.</summary>
    private static Task NextChange<TWorld>(
        Func<Func<TWorld, bool>, CancellationToken, Task> when,
        CancellationToken cancellationToken
    )
    {
        var asked = 0;
        return when(_ => asked++ > 0, cancellationToken);
    }

    private static async Task WriteAsync(HttpResponse response, byte[] message, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync("data: "u8.ToArray(), cancellationToken);
        await response.Body.WriteAsync(message, cancellationToken);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
    }
}
