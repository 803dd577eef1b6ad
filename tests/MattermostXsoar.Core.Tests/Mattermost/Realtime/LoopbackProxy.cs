using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>A proxy that asks for a password and tunnels to this machine, whatever host it is asked for.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public LoopbackProxy()
    {
        _listener.Start();
        Uri = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Uri { get; }

    /// <summary>Which hosts were asked for.</summary>
    public ConcurrentQueue<string> Tunnels { get; } = new();

    /// <summary>The Proxy-Authorization of each request that had one.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = TunnelAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using var near = client;
        var stream = near.GetStream();
        while (true)
        {
            var head = await ReadHeadAsync(stream);
            if (head.Count == 0)
                return;

            var host = head[0].Split(' ')[1];
            Tunnels.Enqueue(host);
            var password = head.FirstOrDefault(line =>
                line.StartsWith("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase)
            );
            if (password is null)
            {
                await stream.WriteAsync(
                    "HTTP/1.1 407 Password\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                    _stopping.Token
                );
                continue;
            }

            Authorizations.Enqueue(password.Split(':', 2)[1].Trim());
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stopping.Token);
            using var far = new TcpClient();
            await far.ConnectAsync(
                IPAddress.Loopback,
                int.Parse(host.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture),
                _stopping.Token
            );
            await Task.WhenAny(
                stream.CopyToAsync(far.GetStream(), _stopping.Token),
                far.GetStream().CopyToAsync(stream, _stopping.Token)
            );
            return;
        }
    }

    private async Task<List<string>> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
                return [];

            head.Append((char)one[0]);
        }

        return [.. head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }
}
