using System.Globalization;
using System.Net.WebSockets;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// Mattermost's live events, for as long as they are wanted: connects, and after every end connects again. A refused
/// token looks like a network fault on the websocket (both end with 1006: ws-session-badtoken.json), so REST is asked.
/// </summary>
internal sealed class RealtimeConnection
{
    private readonly Uri _baseUri;
    private readonly AccessToken _token;
    private readonly TransportOptions _transport;
    private readonly ClientEnvironment _environment;
    private readonly RealtimeOptions _options;
    private readonly Func<CancellationToken, Task>? _checkToken;
    private int _running;

    /// <summary>Makes a connection that is not yet open.</summary>
    /// <param name="baseUri">The server's address, with its path where it has one.</param>
    /// <param name="token">The token of the one who listens.</param>
    /// <param name="transport">Certificates and proxy, the same as for REST.</param>
    /// <param name="environment">Clock, chance and redaction.</param>
    /// <param name="checkToken">
    /// Asks REST whether the token is good, and throws an <see cref="ApiException"/> of kind
    /// <see cref="ErrorKind.Authentication"/> if not; null to take every fault for the network's.
    /// </param>
    /// <param name="options">Limits; null for the usual ones.</param>
    public RealtimeConnection(
        Uri baseUri,
        AccessToken token,
        TransportOptions transport,
        ClientEnvironment environment,
        Func<CancellationToken, Task>? checkToken = null,
        RealtimeOptions? options = null
    )
    {
        _baseUri = baseUri;
        _token = token;
        _transport = transport;
        _environment = environment;
        _checkToken = checkToken;
        _options = options ?? new RealtimeOptions();
        Connect = (request, cancellationToken) =>
            WebSocketConnector.ConnectAsync(request, environment.TimeProvider, cancellationToken);
    }

    /// <summary>How a websocket is opened; tests put in their own.</summary>
    internal Func<UpgradeRequest, CancellationToken, Task<WebSocket>> Connect { get; init; }

    /// <summary>
    /// Delivers events until cancelled. Each run begins with a gap; within a run, connections resume where they can.
    /// </summary>
    /// <param name="sink">Takes the events; what it throws ends the run and is thrown from here.</param>
    /// <param name="cancellationToken">Ends the run within a second, even if the server stalls.</param>
    /// <exception cref="OperationCanceledException">It was cancelled: the only ordinary end.</exception>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(IRealtimeSink sink, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new InvalidOperationException("The connection runs already.");

        try
        {
            // Afresh for each run: after a sink's failure nobody knows whether the last event counts as seen.
            var protocol = new RealtimeProtocol(_options, _token, _environment.Redactor);
            var backoff = new ReconnectBackoff(_options, _environment.Random);
            while (true)
            {
                sink.OnStateChanged(RealtimeState.Connecting, null);
                var end = await BeOnlineAsync(protocol, sink, cancellationToken);
                if (end.OnlineFor >= _options.StableAfter)
                    backoff.Reset();

                if (!end.MayBeTheToken || !await HealTokenAsync(sink, backoff, cancellationToken))
                    await PauseAsync(sink, end.Reason, backoff.Next(end.RetryAfter), cancellationToken);
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
            sink.OnStateChanged(RealtimeState.Stopped, null);
        }
    }

    private static async Task<WebSocket> OrAbandonAsync(Task<WebSocket> connecting, CancellationToken cancellationToken)
    {
        // Name lookup cannot be cancelled everywhere: leave it to end by itself, and what it brings is thrown away.
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(connecting, cancelled.Task) == connecting)
                return await connecting;
        }

        _ = connecting.ContinueWith(
            late =>
            {
                if (late.Status == TaskStatus.RanToCompletion)
                    late.Result.Dispose();
                else
                    _ = late.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task<ConnectionEnd> BeOnlineAsync(
        RealtimeProtocol protocol,
        IRealtimeSink sink,
        CancellationToken cancellationToken
    )
    {
        var request = protocol.CanResume
            ? new UpgradeRequest(
                RealtimeAddress.Of(_baseUri, protocol.ConnectionId, protocol.NextSequence),
                _transport,
                _token
            )
            : new UpgradeRequest(RealtimeAddress.Of(_baseUri), _transport, null);
        WebSocket socket;
        using (var deadline = _environment.TimeProvider.CreateCancellationTokenSource(_options.ConnectTimeout))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken))
        {
            try
            {
                socket = await OrAbandonAsync(Connect(request, either.Token), either.Token);
            }
            catch (Exception error)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return deadline.IsCancellationRequested
                    ? ConnectFailure.TimedOut(request, _options.ConnectTimeout)
                    : ConnectFailure.Describe(error, request, _environment.Redactor);
            }
        }

        using var open = new RealtimeSocket(socket, protocol, sink, _options, _environment.TimeProvider);
        return await open.RunAsync(cancellationToken);
    }

    /// <returns>True when the token had been refused and no longer is; false when it is not to blame.</returns>
    private async Task<bool> HealTokenAsync(
        IRealtimeSink sink,
        ReconnectBackoff backoff,
        CancellationToken cancellationToken
    )
    {
        var told = false;
        while (await TokenRefusalAsync(cancellationToken) is { } refusal)
        {
            if (!told)
                sink.OnStateChanged(RealtimeState.TokenRejected, _environment.Redactor.Redact(refusal));

            told = true;
            await _environment.TimeProvider.Delay(backoff.NextTokenCheck(), cancellationToken);
        }

        return told;
    }

    private async Task<string?> TokenRefusalAsync(CancellationToken cancellationToken)
    {
        if (_checkToken is null)
            return null;

        using var deadline = _environment.TimeProvider.CreateCancellationTokenSource(_options.TokenCheckTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _checkToken(either.Token);
            return null;
        }
        catch (ApiException error) when (error.Kind == ErrorKind.Authentication)
        {
            return error.Message;
        }
        catch (MattermostXsoarException)
        {
            // REST does not answer either: the network's fault, not the token's.
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task PauseAsync(IRealtimeSink sink, string reason, TimeSpan wait, CancellationToken cancellationToken)
    {
        sink.OnStateChanged(
            RealtimeState.Reconnecting,
            string.Format(CultureInfo.InvariantCulture, "{0} Next attempt in {1:0.0} s.", reason, wait.TotalSeconds)
        );
        return _environment.TimeProvider.Delay(wait, cancellationToken);
    }
}
