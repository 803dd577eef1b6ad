using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>A connection that runs against a server of the test, and is stopped at its end.</summary>
internal sealed class RunningConnection : IAsyncDisposable
{
    /// <summary>Quick, so that tests of failures do not take long; the waits are still awaited and never
    /// assumed.</summary>
    public static readonly RealtimeOptions Quick = new()
    {
        FirstRetryMinimum = TimeSpan.FromMilliseconds(1),
        FirstRetryMaximum = TimeSpan.FromMilliseconds(5),
        BackoffBase = TimeSpan.FromMilliseconds(5),
        BackoffMaximum = TimeSpan.FromMilliseconds(20),
        TokenRetryInterval = TimeSpan.FromMilliseconds(20),
    };

    // Any time limit for which a stop could wait instead is at least twice as long.
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();

    public RunningConnection(
        Uri baseUri,
        RecordingSink sink,
        RealtimeOptions? options = null,
        TransportOptions? transport = null,
        Func<CancellationToken, Task>? checkToken = null,
        TimeProvider? time = null
    )
    {
        Sink = sink;
        var environment = new ClientEnvironment { TimeProvider = time ?? TimeProvider.System };
        var token = new AccessToken(ProtocolDriver.Token, environment.Redactor);
        var connection = new RealtimeConnection(
            baseUri,
            token,
            transport ?? new TransportOptions(),
            environment,
            checkToken,
            options ?? Quick
        );
        Run = connection.RunAsync(sink, _stop.Token);
    }

    public RecordingSink Sink { get; }

    public Task Run { get; }

    /// <summary>Stops it; when it is not there at once, its <see cref="Run"/> is not complete afterwards.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Run.WaitAsync(StopDeadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
