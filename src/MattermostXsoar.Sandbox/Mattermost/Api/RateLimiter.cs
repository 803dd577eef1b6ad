using System.Globalization;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>
/// The server's rate limiting: a generic cell rate algorithm per address, or per token and then per user. Each check
/// adds its headers, so that an answer that passed two checks has them twice, as recorded.
/// </summary>
internal sealed class RateLimiter(SandboxRateLimit limit, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _due = [];

    /// <summary>The refusal, or null if the request may pass.</summary>
    public Answer? Check(HttpContext http, string? token, string? userId)
    {
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        return Take(http, limit.VaryByUser ? token ?? address : address)
            ?? (limit.VaryByUser && userId is not null ? Take(http, userId) : null);
    }

    private Answer? Take(HttpContext http, string key)
    {
        var interval = TimeSpan.FromSeconds(1) / limit.PerSecond;
        var tolerance = interval * (limit.MaxBurst + 1);
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var due = _due.TryGetValue(key, out var known) && known > now ? known : now;
            var next = due + interval;
            var wait = next - tolerance - now;
            var refused = wait > TimeSpan.Zero;
            if (!refused)
                _due[key] = due = next;
            var reset = due - now;
            var headers = http.Response.Headers;
            headers.Append("X-Ratelimit-Limit", Text(limit.MaxBurst + 1));
            headers.Append("X-Ratelimit-Remaining", Text((int)((tolerance - reset) / interval)));
            headers.Append("X-Ratelimit-Reset", Text((int)Math.Ceiling(reset.TotalSeconds)));
            return !refused
                ? null
                : new Answer(429, "limit exceeded\n"u8.ToArray(), "text/plain; charset=utf-8")
                {
                    Headers =
                    [
                        new("Retry-After", Text((int)Math.Ceiling(wait.TotalSeconds))),
                        new("X-Content-Type-Options", "nosniff"),
                    ],
                };
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
