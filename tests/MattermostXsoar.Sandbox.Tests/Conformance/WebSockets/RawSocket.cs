using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>A websocket client that sees everything: it sees the server's pings, may leave them unanswered, and
/// distinguishes a close frame from a dropped connection.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp = new();
    private readonly List<SocketSight> _sights = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _start;
    private readonly bool _answersPings;
    private volatile TaskCompletionSource _reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetworkStream _stream = null!;
    private Task _reading = Task.CompletedTask;

    private RawSocket(TimeProvider clock, bool answersPings)
    {
        _clock = clock;
        _start = clock.GetUtcNow();
        _answersPings = answersPings;
        _reads.SetResult();
    }

    /// <summary>Everything seen so far.</summary>
    public IReadOnlyList<SocketSight> Sights
    {
        get
        {
            lock (_sights)
                return [.. _sights];
        }
    }

    /// <summary>Connects and requests the upgrade; the result is in <see cref="Sights"/>.</summary>
    public static async Task<RawSocket> ConnectAsync(
        Uri server,
        TimeProvider clock,
        string? headerToken = null,
        bool answersPings = true,
        string query = "",
        string headers = ""
    )
    {
        var it = new RawSocket(clock, answersPings);
        try
        {
            await it._tcp.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            it.See("error");
            it.See("close", code: 1006);
            return it;
        }
        it._stream = it._tcp.GetStream();
        var authorization = headers + (headerToken is null ? "" : $"Authorization: Bearer {headerToken}\r\n");
        await it._stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /api/v4/websocket{(query.Length > 0 ? "?" + query : "")} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\n{authorization}\r\n"
            )
        );
        it._reading = it.ReadAsync();
        return it;
    }

    public Task SendAsync(string text) => WriteAsync(0x1, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a ping frame with a text.</summary>
    public Task PingAsync(string text) => WriteAsync(0x9, Encoding.UTF8.GetBytes(text));

    /// <summary>Ends the connection without a close frame.</summary>
    public void Drop()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    /// <summary>Reads no further frame, but for the one that is awaited, until <see cref="ReadOn"/>.</summary>
    public void StopReading() => _reads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn() => _reads.TrySetResult();

    public Task CloseAsync() => WriteAsync(0x8, [0x03, 0xE8]);

    /// <summary>Waits until this many messages have been received.</summary>
    public Task UntilMessagesAsync(int count) =>
        UntilAsync(() => Sights.Count(static it => it.Kind == "message") >= count);

    /// <summary>Waits until something of the kind was seen.</summary>
    public Task UntilAsync(Func<SocketSight, bool> what) => UntilAsync(() => Sights.Any(what));

    /// <summary>Waits until this much was seen, or the end.</summary>
    public Task UntilSightsAsync(int count) =>
        UntilAsync(() => Sights is var seen && (seen.Count >= count || seen is [.., { Kind: "close" }]));

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            var head = await ReadHeadAsync();
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            See("upgrade", code: status);
            if (status == 101)
            {
                See("open");
                while (await ReadFrameAsync())
                    await _reads.Task;
            }
            else
            {
                await ReadRefusalAsync(head, status);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // There was no close frame before the end: clients report 1006.
            See("close", code: 1006);
        }
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await _stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }
        return Encoding.ASCII.GetString([.. head]);
    }

    private async Task ReadRefusalAsync(string head, int status)
    {
        const string Length = "Content-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return;
        var text = head[(at + Length.Length)..];
        var body = new byte[
            int.Parse(text.AsSpan(0, text.IndexOf('\r', StringComparison.Ordinal)), CultureInfo.InvariantCulture)
        ];
        await _stream.ReadExactlyAsync(body);
        See("refused", Encoding.UTF8.GetString(body), status);
        See("close", code: 1006);
    }

    /// <summary>False after a close frame.</summary>
    private async Task<bool> ReadFrameAsync()
    {
        var head = new byte[2];
        await _stream.ReadExactlyAsync(head);
        var length = head[1] & 0x7F;
        if (length >= 126)
        {
            var extra = new byte[length == 126 ? 2 : 8];
            await _stream.ReadExactlyAsync(extra);
            length =
                length == 126
                    ? BinaryPrimitives.ReadUInt16BigEndian(extra)
                    : (int)BinaryPrimitives.ReadUInt64BigEndian(extra);
        }
        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload);
        switch (head[0] & 0x0F)
        {
            case 0x1:
                See("message", Encoding.UTF8.GetString(payload));
                return true;
            case 0x8:
                See("close", code: payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005);
                return false;
            case 0x9:
                See("ping");
                if (_answersPings)
                    await WriteAsync(0xA, payload);
                return true;
            case 0xA:
                See("pong", Encoding.UTF8.GetString(payload));
                return true;
            default:
                throw new InvalidDataException($"a frame with opcode {head[0] & 0x0F}");
        }
    }

    /// <summary>Waits until the condition holds; it is looked at whenever something is seen.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            Task next;
            lock (_sights)
                next = _next.Task;
            if (condition())
                return;
            await next.WaitAsync(deadline.Token);
        }
    }

    private void See(string kind, string text = "", int code = 0)
    {
        TaskCompletionSource seen;
        lock (_sights)
        {
            _sights.Add(new SocketSight(kind, _clock.GetUtcNow() - _start, text, code));
            (seen, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        seen.SetResult();
    }

    /// <summary>One frame, masked with zeros.</summary>
    private async Task WriteAsync(byte opcode, byte[] payload)
    {
        var frame = new List<byte> { (byte)(0x80 | opcode) };
        if (payload.Length < 126)
            frame.Add((byte)(0x80 | payload.Length));
        else
            frame.AddRange([0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        frame.AddRange([0, 0, 0, 0]);
        frame.AddRange(payload);
        try
        {
            await _stream.WriteAsync(frame.ToArray(), TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The server has dropped it; the reading side sees that.
        }
    }
}
