using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>What a fault does before the call is handled.</summary>
internal static class FaultAnswers
{
    private const string Page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>";

    /// <summary>The answer that takes the place of the handler's, or null when the call goes on.</summary>
    public static async ValueTask<Answer?> BeforeAsync(Fault fault, HttpContext http, TimeProvider timeProvider)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, timeProvider, http.RequestAborted);
                return null;
            case FaultKind.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, http.RequestAborted);
                return null;
            case FaultKind.Drop:
                return new Answer(0, default) { Drops = true };
            case FaultKind.Html:
                return new Answer(200, Encoding.UTF8.GetBytes(fault.Body ?? Page), "text/html; charset=utf-8") { Bare = true };
            case FaultKind.RateLimit:
                return RateLimit(fault);
            case FaultKind.Status:
                return Status(fault);
            default:
                return null;
        }
    }

    private static Answer RateLimit(Fault fault)
    {
        var headers = new List<KeyValuePair<string, string>> { new("X-Content-Type-Options", "nosniff") };
        if (fault.RetryAfter is not null)
            headers.Add(new("Retry-After", fault.RetryAfter));
        if (fault.RateLimitReset is not null)
        {
            headers.Add(new("X-Ratelimit-Limit", "3"));
            headers.Add(new("X-Ratelimit-Remaining", "0"));
            headers.Add(new("X-Ratelimit-Reset", fault.RateLimitReset));
        }
        return new Answer(429, Encoding.UTF8.GetBytes(fault.Body ?? "limit exceeded\n"), "text/plain; charset=utf-8") { Headers = headers, Bare = true };
    }

    private static Answer Status(Fault fault)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (fault.RetryAfter is not null)
            headers.Add(new("Retry-After", fault.RetryAfter));
        if (fault.Location is not null)
            headers.Add(new("Location", fault.Location));
        var body = fault.Body ?? $"{{\"id\":\"sandbox.fault\",\"message\":\"a fault on demand\",\"detailed_error\":\"\",\"request_id\":\"{Ids.New()}\",\"status_code\":{fault.Status}}}";
        return new Answer(fault.Status, Encoding.UTF8.GetBytes(body), body.StartsWith('{') ? "application/json" : "text/plain; charset=utf-8") { Headers = headers, Bare = true };
    }
}
