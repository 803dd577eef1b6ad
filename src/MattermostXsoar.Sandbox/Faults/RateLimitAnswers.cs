using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>429 in each form that clients encounter.</summary>
internal static class RateLimitAnswers
{
    private const string Recorded = "limit exceeded\n";
    private const string Xsoar =
        "{\"id\":\"tooManyRequests\",\"status\":429,\"title\":\"Too many requests\","
        + "\"detail\":\"Too many requests\",\"error\":\"\",\"encrypted\":false,\"multires\":null}";

    /// <param name="fault">The fault that hits.</param>
    /// <param name="clock">The clock of the server that is called.</param>
    public static Answer Create(Fault fault, TimeProvider clock)
    {
        var seconds = ((long)Math.Ceiling(fault.Wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return fault.Limit switch
        {
            RateLimitStyle.AsGiven => Plain(fault, fault.RetryAfter, fault.RateLimitReset),
            RateLimitStyle.Mattermost => Plain(fault, seconds, seconds),
            RateLimitStyle.MattermostDoubled => Plain(fault, seconds, seconds, times: 2),
            RateLimitStyle.RetryAfterSeconds => Plain(fault, seconds, null),
            RateLimitStyle.RetryAfterDate => Plain(
                fault,
                (clock.GetUtcNow() + fault.Wait).ToString("R", CultureInfo.InvariantCulture),
                null
            ),
            RateLimitStyle.RateLimitReset => Plain(fault, null, seconds),
            RateLimitStyle.NoHeaders => new Answer(429, Encoding.UTF8.GetBytes(fault.Body ?? ""), null) { Bare = true },
            RateLimitStyle.Json => Json(
                fault.Body ?? FaultAnswers.MattermostError("Too many requests", 429),
                new KeyValuePair<string, string>("Retry-After", seconds)
            ),
            _ => Json(fault.Body ?? Xsoar),
        };
    }

    private static Answer Json(string body, params KeyValuePair<string, string>[] headers) =>
        new(429, Encoding.UTF8.GetBytes(body)) { Headers = headers, Bare = true };

    private static Answer Plain(Fault fault, string? retryAfter, string? reset, int times = 1)
    {
        var headers = new List<KeyValuePair<string, string>> { new("X-Content-Type-Options", "nosniff") };
        if (retryAfter is not null)
            headers.Add(new("Retry-After", retryAfter));
        for (var i = 0; reset is not null && i < times; i++)
        {
            headers.Add(new("X-Ratelimit-Limit", "3"));
            headers.Add(new("X-Ratelimit-Remaining", "0"));
            headers.Add(new("X-Ratelimit-Reset", reset));
        }
        return new Answer(429, Encoding.UTF8.GetBytes(fault.Body ?? Recorded), "text/plain; charset=utf-8")
        {
            Headers = headers,
            Bare = true,
        };
    }
}
