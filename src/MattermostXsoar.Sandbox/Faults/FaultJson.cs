using System.Text.Json;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>Faults as JSON in <c>/sandbox/faults</c>.</summary>
internal static class FaultJson
{
    /// <summary>The keys that only some kinds take.</summary>
    private static readonly (string Name, FaultKind[] Kinds)[] Takers =
    [
        ("delay", [FaultKind.Delay, FaultKind.WebSocketDelay]),
        ("status", [FaultKind.Status, FaultKind.ActThenStatus]),
        (
            "body",
            [FaultKind.Status, FaultKind.RateLimit, FaultKind.Html, FaultKind.ActThenStatus, FaultKind.WebSocketGarbage]
        ),
        ("limit", [FaultKind.RateLimit]),
        ("wait", [FaultKind.RateLimit]),
        ("rateLimitReset", [FaultKind.RateLimit]),
        ("retryAfter", [FaultKind.Status, FaultKind.RateLimit, FaultKind.ActThenStatus]),
        ("location", [FaultKind.Status, FaultKind.LoginRedirect, FaultKind.ActThenStatus]),
    ];

    public static Fault Read(JsonFields fields)
    {
        var kind =
            fields.Choice<FaultKind>("kind")
            ?? throw fields.Wrong("kind", $"is missing; use one of {string.Join(", ", Enum.GetNames<FaultKind>())}");
        var pattern = fields.Text("path") ?? fields.Text("event") ?? fields.Text("pathPattern");
        var fault = new Fault
        {
            Kind = kind,
            Server = fields.Text("server"),
            Method = fields.Text("method"),
            PathPattern = pattern,
            Skip = fields.Integer("skip", 0) ?? 0,
            GivenCount = fields.Integer("count", 1),
            From = fields.Time("from"),
            Until = fields.Time("until"),
            For = fields.Span("for"),
            Delay =
                fields.Span("delay")
                ?? (
                    kind is FaultKind.Delay or FaultKind.WebSocketDelay
                        ? throw fields.Wrong("delay", "is missing; use seconds, such as 2.5")
                        : TimeSpan.Zero
                ),
            Status = fields.Integer("status", 200, 599) ?? 500,
            Body = fields.Text("body"),
            Limit = fields.Choice<RateLimitStyle>("limit") ?? RateLimitStyle.AsGiven,
            Wait = fields.Span("wait") ?? TimeSpan.FromSeconds(1),
            RetryAfter = fields.Text("retryAfter"),
            RateLimitReset = fields.Text("rateLimitReset"),
            Location = fields.Text("location"),
            MayNotHappen = "whoever added it over HTTP watches it there",
        };
        fields.End();
        if (!fault.IsWebSocket && fields.Has("event"))
            throw fields.Wrong("event", $"{kind} hits calls, not events; use path");
        foreach (var (name, kinds) in Takers)
        {
            if (fields.Has(name) && Array.IndexOf(kinds, kind) < 0)
                throw fields.Wrong(name, $"{kind} does not take it; it belongs to {string.Join(", ", kinds)}");
        }
        return fault;
    }

    public static void Write(Utf8JsonWriter writer, Fault fault)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, fault.Id);
        writer.WriteString("kind"u8, fault.Kind.ToString());
        writer.WriteString("server"u8, fault.Server);
        writer.WriteString("method"u8, fault.Method);
        writer.WriteString(fault.IsWebSocket ? "event"u8 : "path"u8, fault.PathPattern);
        writer.WriteNumber("skip"u8, fault.Skip);
        if (fault.Count == int.MaxValue)
            writer.WriteNull("count"u8);
        else
            writer.WriteNumber("count"u8, fault.Count);
        Write(writer, "from", fault.From);
        Write(writer, "until", fault.Until);
        Write(writer, "for", fault.For);
        if (fault.Kind is FaultKind.Delay or FaultKind.WebSocketDelay)
            Write(writer, "delay", fault.Delay);
        if (fault.Kind is FaultKind.Status or FaultKind.ActThenStatus)
            writer.WriteNumber("status"u8, fault.Status);
        if (fault.Kind == FaultKind.RateLimit)
            writer.WriteString("limit"u8, fault.Limit.ToString());
        writer.WriteNumber("hits"u8, fault.Hits);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } it)
            writer.WriteString(name, it);
    }

    private static void Write(Utf8JsonWriter writer, string name, TimeSpan? span)
    {
        if (span is { } it)
            writer.WriteNumber(name, it.TotalSeconds);
    }
}
