using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>What a fault does before the call is handled, and what it answers instead of the handler.</summary>
internal static class FaultAnswers
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>";

    /// <summary>The answer that replaces the handler's, or null if the call goes on.</summary>
    /// <param name="fault">The fault that hits.</param>
    /// <param name="http">The call.</param>
    /// <param name="clock">The clock of the server that is called.</param>
    public static async ValueTask<Answer?> BeforeAsync(Fault fault, HttpContext http, TimeProvider clock)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, clock, http.RequestAborted);
                return null;
            case FaultKind.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, http.RequestAborted);
                return null;
            case FaultKind.Drop:
                return new Answer(0, default) { Drops = true };
            case FaultKind.Html:
                return new Answer(200, Encoding.UTF8.GetBytes(fault.Body ?? Page), "text/html; charset=utf-8")
                {
                    Bare = true,
                };
            case FaultKind.LoginRedirect:
                return new Answer(302, default, null)
                {
                    Headers = [new("Location", fault.Location ?? $"http://{http.Request.Host}/login")],
                    Bare = true,
                };
            case FaultKind.RateLimit:
                return RateLimitAnswers.Create(fault, clock);
            case FaultKind.Status:
                return Status(fault);
            default:
                return null;
        }
    }

    public static Answer Status(Fault fault)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (fault.RetryAfter is not null)
            headers.Add(new("Retry-After", fault.RetryAfter));
        if (fault.Location is not null)
            headers.Add(new("Location", fault.Location));
        var body = fault.Body ?? MattermostError("a fault on demand", fault.Status);
        return new Answer(
            fault.Status,
            Encoding.UTF8.GetBytes(body),
            body.StartsWith('{') ? "application/json" : "text/plain; charset=utf-8"
        )
        {
            Headers = headers,
            Bare = true,
        };
    }

    public static string MattermostError(string message, int status) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":\"sandbox.fault\",\"message\":\"{message}\",\"detailed_error\":\"\","
                + $"\"request_id\":\"{Ids.New()}\",\"status_code\":{status}}}"
        );
}
