using System.Diagnostics;
using System.Net.Http.Headers;

namespace MattermostXsoar.Benchmarks.Sandbox;

/// <summary>All clients of a load, connected and posting.</summary>
internal sealed class LoadRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 256,
            UseProxy = false,
            UseCookies = false,
        }
    );
    private readonly LoadTarget _target;
    private readonly Uri _posts;
    private readonly AuthenticationHeaderValue[] _tokens;
    private int _open;

    public LoadRun(LoadTarget target)
    {
        _target = target;
        _posts = new Uri(target.Address, "/api/v4/posts");
        _tokens = [.. target.Clients.Select(static it => new AuthenticationHeaderValue("Bearer", it.Token))];
    }

    public int Clients => _target.Clients.Count;

    /// <summary>Posts as fast as possible, with the given parallelism, and returns the posts per second and the
    /// processor time of each.</summary>
    public async Task<(double PostsPerSecond, TimeSpan ProcessorPerPost)> FlatOutAsync(int posts, int atOnce)
    {
        using var process = Process.GetCurrentProcess();
        var (processor, started) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, atOnce)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) is var number && number < posts)
                        await PostAsync(number, TimeProvider.System.GetTimestamp(), null);
                })
        );
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        process.Refresh();
        return (posts / elapsed.TotalSeconds, (process.TotalProcessorTime - processor) / posts);
    }

    /// <summary>Connects every client, posts at a steady rate for a time, and waits until everything has arrived or
    /// nothing more arrives.</summary>
    /// <param name="perSecond">Posts per second. Each post has its time: one that starts late counts as late.</param>
    /// <param name="time">The duration.</param>
    /// <param name="listeners">How many websockets receive each post.</param>
    public async Task<LoadFigures> SteadyAsync(int perSecond, TimeSpan time, int listeners)
    {
        var figures = new LoadFigures();
        var sockets = new List<LoadSocket>();
        foreach (var (token, channelId) in _target.Clients)
            sockets.Add(await LoadSocket.ConnectAsync(_target, token, channelId, figures));

        using var process = Process.GetCurrentProcess();
        var (processor, started) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());
        var total = (int)(perSecond * time.TotalSeconds);
        for (var sent = 0; sent < total; )
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            for (var due = Math.Min(total, (int)(elapsed.TotalSeconds * perSecond) + 1); sent < due; sent++)
            {
                Interlocked.Increment(ref _open);
                _ = OneOfManyAsync(
                    sent,
                    started + (long)(sent * (double)TimeProvider.System.TimestampFrequency / perSecond),
                    figures
                );
            }
            await Task.Delay(Tick, TimeProvider.System);
        }
        while (Volatile.Read(ref _open) > 0)
            await Task.Delay(Tick, TimeProvider.System);
        figures.Elapsed = TimeProvider.System.GetElapsedTime(started);
        process.Refresh();
        figures.Processor = process.TotalProcessorTime - processor;

        await SettleAsync(figures, (long)total * listeners);
        foreach (var socket in sockets)
        {
            await socket.CloseAsync();
            socket.Dispose();
        }
        return figures;
    }

    public void Dispose() => _http.Dispose();

    private static async Task SettleAsync(LoadFigures figures, long expected)
    {
        for (var (quiet, last) = (0, -1L); figures.DeliveredCount < expected && quiet < 2000; quiet++)
        {
            if (figures.DeliveredCount != last)
                (quiet, last) = (0, figures.DeliveredCount);
            await Task.Delay(Tick, TimeProvider.System);
        }
    }

    private async Task OneOfManyAsync(int number, long due, LoadFigures figures)
    {
        // Not on the pacing thread, which has to send the next one.
        await Task.Yield();
        try
        {
            await PostAsync(number, due, figures);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task PostAsync(int number, long due, LoadFigures? figures)
    {
        var client = number % Clients;
        using var request = new HttpRequestMessage(HttpMethod.Post, _posts)
        {
            Content = new ByteArrayContent(LoadMessage.Body(_target.Clients[client].ChannelId, due)),
        };
        request.Headers.Authorization = _tokens[client];
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.SendAsync(request);
        await response.Content.CopyToAsync(Stream.Null);
        figures?.Answered(due, response.IsSuccessStatusCode);
    }
}
