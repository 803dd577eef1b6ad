using System.Globalization;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>
/// The server's rate limiting: a generic cell rate algorithm per address, or per token and then per user. Each check
/// adds its headers, so that an answer that passed two checks has them twice, as recorded.
/// </summary>
internal sealed class RateLimiter(SandboxRateLimit limit, TimeProvider clock, bool limitsLogins)
{
    private const int LoginsPerSecond = 5;
    private const int LoginBurst = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _due = [];

    /// <summary>The refusal, or null if the request may pass.</summary>
    public Answer? Check(HttpContext http, string? token, string? userId)
    {
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var all = (limit.PerSecond, limit.MaxBurst);
        // Calls without a token, and those with an invalid one, are counted together.
        return Take(http, limit.VaryByUser ? token ?? "" : address, all)
            ?? (limit.VaryByUser && token is not null ? Take(http, userId ?? "", all) : null)
            ?? (
                limitsLogins && http.Request.Path == SessionsApi.LoginPath
                    ? Take(http, "login " + address, (LoginsPerSecond, LoginBurst))
                    : null
            );
    }

    private Answer? Take(HttpContext http, string key, (int PerSecond, int MaxBurst) rate)
    {
        var interval = TimeSpan.FromSeconds(1) / rate.PerSecond;
        var tolerance = interval * (rate.MaxBurst + 1);
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
            headers.Append("X-Ratelimit-Limit", Text(rate.MaxBurst + 1));
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
