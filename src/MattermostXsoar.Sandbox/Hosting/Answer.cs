namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>What a handler answers.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string? ContentType = "application/json")
{
    private static readonly byte[] OkBody = "{\"status\":\"OK\"}"u8.ToArray();

    public static Answer StatusOk { get; } = new(200, OkBody);

    /// <summary>Headers besides content type and length.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the server's own headers (version, request id) are left out.</summary>
    public bool Bare { get; init; }

    /// <summary>Whether the connection is dropped instead.</summary>
    public bool Drops { get; init; }
}
