using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>A planned fault: which calls or frames it hits, when, how often, and what happens to them.</summary>
public sealed class Fault
{
    private Regex? _path;
    private DateTimeOffset? _end;
    private int _seen;

    /// <summary>The id, once it is added; empty before.</summary>
    public string Id { get; internal set; } = "";

    /// <summary><c>mattermost</c>, <c>xsoar</c>, or null for both.</summary>
    public string? Server { get; init; }

    /// <summary>The HTTP method it hits, or null for all.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression on the path (for websocket kinds: on the event's name), or null for all.</summary>
    public string? PathPattern { get; init; }

    /// <summary>How many matching calls or frames pass before the first is hit.</summary>
    public int Skip { get; init; }

    /// <summary>How many calls or frames are hit. If not given: one, or with a time limit all until then.</summary>
    public int Count
    {
        get => GivenCount ?? (Until is null && For is null ? 1 : int.MaxValue);
        init => GivenCount = value;
    }

    /// <summary>The time, by the sandbox's clock, from which it hits; null for immediately.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time, by the sandbox's clock, at which it ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long it lasts from <see cref="From"/>, or from when it is added.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>For <see cref="FaultKind.Delay"/> and <see cref="FaultKind.WebSocketDelay"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/> and <see cref="FaultKind.ActThenStatus"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The body for the kinds that have one; null for the kind's default.</summary>
    public string? Body { get; init; }

    /// <summary>How a 429 looks.</summary>
    public RateLimitStyle Limit { get; init; }

    /// <summary>How long a 429 tells the client to wait, in whole seconds; for all styles but <see
    /// cref="RateLimitStyle.AsGiven"/>.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The <c>Retry-After</c> header for Status and RateLimit, sent unchanged; null sends none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The <c>X-Ratelimit-Reset</c> header (seconds to wait) for RateLimit; null sends none.</summary>
    public string? RateLimitReset { get; init; }

    /// <summary>The <c>Location</c> header for a 3xx status.</summary>
    public string? Location { get; init; }

    /// <summary>How many times it has hit.</summary>
    public int Hits { get; private set; }

    /// <summary>Why it may never hit without being missed in <see cref="SandboxServer.WithoutEffect"/>, such as "it is
    /// only there to be removed"; null when it has to hit.</summary>
    public string? MayNotHappen { get; init; }

    internal int? GivenCount { get; init; }

    /// <summary>What it does to which calls or frames, and how many of those came so far.</summary>
    public override string ToString()
    {
        var what = Kind is FaultKind.Status or FaultKind.ActThenStatus ? $"{Kind} {Status}" : Kind.ToString();
        var where = string.Join(' ', new[] { Method, Server, PathPattern }.Where(static part => part is not null));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what} on {(where.Length > 0 ? where : "everything")}, after {Skip} that pass: "
                + $"{_seen} that fit came, {Hits} were hit"
        );
    }

    internal bool IsWebSocket => Kind >= FaultKind.WebSocketCut;

    /// <summary>What is wrong with it, with the field's name and the correction; null if nothing is.</summary>
    internal string? Flaw()
    {
        if (!Enum.IsDefined(Kind))
            return $"kind: {Kind} is not a kind; use one of {string.Join(", ", Enum.GetNames<FaultKind>())}";
        if (Server is not (null or "mattermost" or "xsoar"))
            return $"server: \"{Server}\" is neither \"mattermost\" nor \"xsoar\"; leave it out for both";
        if (IsWebSocket && Server == "xsoar")
            return "server: XSOAR has no websocket; leave it out";
        if (Skip < 0)
            return $"skip: {Skip} is too small; 0 hits the first matching call";
        if (Count < 1)
            return $"count: {Count} is too small; 1 hits one call; a fault that has ended is removed";
        if (Status is < 200 or > 599)
            return $"status: {Status} is not a status that a server can answer; use one from 200 to 599";
        if (Delay < TimeSpan.Zero || (Delay == TimeSpan.Zero && Kind is FaultKind.WebSocketDelay))
            return "delay: it must be longer than 0; use seconds, such as 2.5";
        if (Wait < TimeSpan.Zero)
            return "wait: it must not be negative; use seconds, such as 3";
        if (For is not null && Until is not null)
            return "for: give either for or until";
        if (For is { } span && span <= TimeSpan.Zero)
            return "for: it must be longer than 0; use seconds, such as 30";
        if (Until <= From)
            return "until: it is before from; use a later time";
        try
        {
            _path = PathPattern is null ? null : new Regex(PathPattern);
        }
        catch (ArgumentException error)
        {
            return $"path: \"{PathPattern}\" is not a regular expression ({error.Message}); "
                + "put a backslash before literal . ? + * ( ) [ ]";
        }
        return null;
    }

    internal void Begin(string id, DateTimeOffset now)
    {
        Id = id;
        _end = Until ?? (For is { } span ? (From ?? now) + span : null);
    }

    internal bool IsOver(DateTimeOffset now) => Hits >= Count || now >= _end;

    /// <summary>Counts a call or frame against this fault; true if it is hit. Called under the set's lock.</summary>
    internal bool Takes(string server, string method, string path, DateTimeOffset now)
    {
        if (now < From || (Server is not null && Server != server))
            return false;
        if (Method is not null && !Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            return false;
        if (_path is not null && !_path.IsMatch(path))
            return false;
        if (_seen++ < Skip)
            return false;
        Hits++;
        return true;
    }
}
