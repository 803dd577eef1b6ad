using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>A fault to come: which calls it hits, how often, and what happens to them.</summary>
public sealed class Fault
{
    private Regex? _path;
    private int _seen;
    private int _left = int.MinValue;

    /// <summary><c>mattermost</c>, <c>xsoar</c>, or null for both.</summary>
    public string? Server { get; init; }

    /// <summary>The verb it hits, or null for all.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression on the path (for websocket kinds: on the event's name), or null for all.</summary>
    public string? PathPattern { get; init; }

    /// <summary>How many calls or frames that fit pass before the first is hit.</summary>
    public int Skip { get; init; }

    /// <summary>How many calls or frames are hit.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What goes wrong.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
    public FaultKind Kind { get; init; }

    /// <summary>For <see cref="FaultKind.Delay"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The body for <see cref="FaultKind.Status"/> and <see cref="FaultKind.Html"/>; null takes a fitting one.</summary>
    public string? Body { get; init; }

    /// <summary>The <c>Retry-After</c> header for Status and RateLimit, as it shall be sent; null sends none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The <c>X-Ratelimit-Reset</c> header (seconds to wait) for RateLimit; null sends none.</summary>
    public string? RateLimitReset { get; init; }

    /// <summary>The <c>Location</c> header for a 3xx status.</summary>
    public string? Location { get; init; }

    /// <summary>How many times it has hit.</summary>
    [JsonIgnore]
    public int Hits { get; private set; }

    internal bool IsWebSocket => Kind >= FaultKind.WebSocketCut;

    internal bool IsSpent => _left == 0;

    /// <summary>Counts a call or frame against this fault; true when it is hit. Called under the set's lock.</summary>
    internal bool Takes(string server, string method, string path)
    {
        if (_left == int.MinValue)
            _left = Count;
        if (_left <= 0 || (Server is not null && Server != server))
            return false;
        if (Method is not null && !Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            return false;
        if (PathPattern is not null && !(_path ??= new Regex(PathPattern)).IsMatch(path))
            return false;
        if (_seen++ < Skip)
            return false;
        _left--;
        Hits++;
        return true;
    }
}
