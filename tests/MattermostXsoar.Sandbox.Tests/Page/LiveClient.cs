using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Page;

/// <summary>A viewer of the live feed.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly StreamReader _reader;

    private LiveClient(HttpClient http, Stream stream) => (_http, _reader) = (http, new StreamReader(stream));

    public static async Task<LiveClient> OpenAsync(SandboxServer sandbox, string query = "channel=test&incident=1")
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        return new LiveClient(
            http,
            await http.GetStreamAsync(
                new Uri(sandbox.MattermostUri, "/sandbox/live?" + query),
                TestContext.Current.CancellationToken
            )
        );
    }

    /// <summary>The next message of this type for which the condition holds; earlier ones are skipped.</summary>
    public async Task<JsonElement> NextAsync(string type, Func<JsonElement, bool>? condition = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _reader.ReadLineAsync(deadline.Token) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using var document = JsonDocument.Parse(line["data: ".Length..]);
            var message = document.RootElement.Clone();
            if (message.GetProperty("type").GetString() == type && condition?.Invoke(message) != false)
                return message;
        }
        throw new EndOfStreamException($"The feed ended before a message \"{type}\" as wanted.");
    }

    /// <summary>Reads until the feed ends.</summary>
    public async Task EndAsync()
    {
        try
        {
            while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
            {
                // Further messages do not matter.
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // A server that is stopped like a killed process drops its connections.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _http.Dispose();
    }
}
