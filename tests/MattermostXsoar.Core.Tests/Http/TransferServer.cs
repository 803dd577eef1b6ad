using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>
/// One connection of a web server on loopback in the test's own hands: it takes and gives as many bytes as the test
/// requests, so that a transfer can be looked at while it is suspended.
/// </summary>
internal sealed class TransferServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpClient? _client;
    private NetworkStream _stream = null!;

    public TransferServer()
    {
        _listener.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    public Uri Uri { get; }

    /// <summary>Takes the connection and reads a request's head.</summary>
    public async Task<string> HeadAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            _client = await _listener.AcceptTcpClientAsync(cancellationToken);
            _stream = _client.GetStream();
        }

        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(_buffer.AsMemory(0, 1), cancellationToken);
            head.Append((char)_buffer[0]);
        }

        return head.ToString();
    }

    public async Task TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            var read = await _stream.ReadAsync(
                _buffer.AsMemory(0, (int)Math.Min(bytes, _buffer.Length)),
                cancellationToken
            );
            Assert.NotEqual(0, read);
            bytes -= read;
        }
    }

    public ValueTask GiveAsync(string text, CancellationToken cancellationToken) =>
        _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public ValueTask GiveAsync(byte[] bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    public ValueTask AnswerAsync(string json, CancellationToken cancellationToken) =>
        GiveAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}",
            cancellationToken
        );

    public void Close() => _client?.Close();

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
