using System.Text;

namespace MattermostXsoar.Sandbox.Recording;

/// <summary>One call that a server of the sandbox received.</summary>
public sealed class CallRecord
{
    internal ReadOnlyMemory<byte> RawBody { get; set; }

    /// <summary>The call's number, from 1 on, in the order in which calls were received.</summary>
    public long Number { get; internal set; }

    /// <summary><c>mattermost</c> or <c>xsoar</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The HTTP method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its <c>?</c>, or empty.</summary>
    public required string Query { get; init; }

    /// <summary>The status that was answered; 0 when the connection was dropped instead.</summary>
    public int Status { get; internal set; }

    /// <summary>The request's body; empty if bodies are not recorded, or it was removed for newer ones.</summary>
    public string Body => Encoding.UTF8.GetString(RawBody.Span);

    /// <summary>The token's user; null if there was no token or a wrong one.</summary>
    public string? TokenUser { get; internal set; }

    /// <summary>When the call was received.</summary>
    public DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Server} {Method} {Path}{Query} {Status}";
}
