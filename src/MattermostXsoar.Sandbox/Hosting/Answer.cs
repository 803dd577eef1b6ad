namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>The answer of a handler.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string? ContentType = "application/json")
{
    private static readonly byte[] OkBody = "{\"status\":\"OK\"}"u8.ToArray();

    public static Answer StatusOk { get; } = new(200, OkBody);

    /// <summary>Headers besides content type and length.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the server's own headers (version, request id) are left out.</summary>
    public bool Bare { get; init; }

    /// <summary>Whether it is not of the API but of the web client: never compressed, not marked as read at one
    /// time.</summary>
    public bool IsPage { get; init; }

    /// <summary>A file to send instead of <see cref="Body"/>.</summary>
    public StoredContent? File { get; init; }

    public long Length => File?.Length ?? Body.Length;

    /// <summary>Whether the connection is dropped instead.</summary>
    public bool Drops { get; init; }

    public static Answer OfFile(StoredContent file, string contentType) =>
        new(200, default, contentType) { File = file };

    /// <summary>Sends the first <paramref name="count"/> bytes of the body.</summary>
    public async Task CopyToAsync(Stream target, long count, CancellationToken cancellationToken)
    {
        // Some statuses forbid a body, an empty one too.
        if (count == 0)
            return;
        if (File is not null)
            await File.CopyToAsync(target, count, cancellationToken);
        else
            await target.WriteAsync(Body[..(int)count], cancellationToken);
    }

    /// <summary>Sets status and headers; the length is that of the whole body.</summary>
    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        // A header that is listed twice is sent twice.
        foreach (var header in Headers.GroupBy(static it => it.Key, static it => it.Value))
            response.Headers[header.Key] = header.ToArray();
        if (ContentType is not null)
            response.ContentType = ContentType;
        if (Status is not (204 or 304))
            response.ContentLength = Length;
    }
}
