using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MattermostXsoar.Tests.Support;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>
/// A web server on loopback that sends exactly the bytes it is given: doubled headers, cut bodies, silence. A real
/// web server would correct what these tests are about.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const byte TlsHandshake = 0x16;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, LoopbackAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _accepting;

    public LoopbackServer(Func<LoopbackRequest, LoopbackAnswer> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        Uri = new Uri(
            $"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"
        );
        _accepting = AcceptAsync();
    }

    public LoopbackServer(params LoopbackAnswer[] answers)
        : this(Sequence(answers)) { }

    public Uri Uri { get; }

    /// <summary>Answers a request that asks first (Expect: 100-continue) without taking its body.</summary>
    public bool RefusesBodies { get; init; }

    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>Waits for the next request that was not waited for yet.</summary>
    public async Task RequestAsync()
    {
        if (!await _arrived.WaitAsync(TimeSpan.FromSeconds(20)))
            throw new TimeoutException("No request arrived.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _arrived.Dispose();
    }

    // The last answer is repeated for ever.
    private static Func<LoopbackRequest, LoopbackAnswer> Sequence(LoopbackAnswer[] answers)
    {
        var next = -1;
        // One answer is what the server does if it is asked; of several, each has to be asked for.
        if (answers.Length > 1)
            PlantedFaults.Watch(() =>
                next >= answers.Length - 1 ? [] : [$"answer {next + 2} of {answers.Length} of {nameof(LoopbackServer)}"]
            );
        return _ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)];
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e)
            when (e is OperationCanceledException or SocketException or ObjectDisposedException
                || (e is InvalidOperationException && _stop.IsCancellationRequested)
            )
        {
            // InvalidOperationException: stopped between two connections, when it reports that it is not listening.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await OpenAsync(client);
                while (await ReadAsync(stream) is { } request)
                {
                    var answer = _answer(request);
                    _requests.Enqueue(request);
                    _arrived.Release();
                    if (!await WriteAsync(stream, answer))
                        break;
                }
            }
            catch (Exception e)
                when (e
                        is IOException
                            or OperationCanceledException
                            or SocketException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The client or the test went away.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate },
            _stop.Token
        );
        return tls;
    }

    private async Task<LoopbackRequest?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !(head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
            if (head.Count == 1 && head[0] == TlsHandshake)
            {
                await stream.WriteAsync(
                    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(),
                    _stop.Token
                );
                return null;
            }
        }

        var lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var first = lines[0].Split(' ');
        if (headers.ContainsKey("Expect") && !RefusesBodies)
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        var body =
            headers.ContainsKey("Expect") && RefusesBodies ? []
            : headers.ContainsKey("Transfer-Encoding") ? await ReadChunksAsync(stream)
            : await ReadKnownAsync(stream, headers.TryGetValue("Content-Length", out var length) ? length : "0");
        return new LoopbackRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task<byte[]> ReadKnownAsync(Stream stream, string length)
    {
        var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return body;
    }

    private async Task<byte[]> ReadChunksAsync(Stream stream)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(await ReadLineAsync(stream), System.Globalization.NumberStyles.HexNumber, null);
            var chunk = new byte[size + 2];
            await stream.ReadExactlyAsync(chunk, _stop.Token);
            if (size == 0)
                return body.ToArray();
            body.Write(chunk, 0, size);
        }
    }

    private async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length == 0 || line[^1] != '\n')
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            line.Append((char)one[0]);
        }

        return line.ToString().Trim();
    }

    private async Task<bool> WriteAsync(Stream stream, LoopbackAnswer answer)
    {
        if (answer.Silent)
            await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
        if (answer.Drop)
            return false;
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} {(HttpStatusCode)answer.Status}\r\n");
        foreach (var header in answer.Headers.Where(header => header.Key != "Content-Length"))
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        head.Append("Content-Length: ").Append(answer.Body.Length).Append("\r\n\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), _stop.Token);
        await stream.WriteAsync(
            answer.Body.AsMemory(0, answer.CutAfter ?? answer.StallAfter ?? answer.Body.Length),
            _stop.Token
        );
        await stream.FlushAsync(_stop.Token);
        if (answer.StallAfter is not null)
            await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
        return answer.CutAfter is null;
    }
}
