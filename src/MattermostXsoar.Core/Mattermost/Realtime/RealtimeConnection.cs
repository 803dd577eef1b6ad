using System.Globalization;
using System.Net.WebSockets;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// Delivers Mattermost's live events: connects, and connects again whenever a connection ends. On the websocket a
/// refused token looks like a network fault (both end with 1006: ws-session-badtoken.json), so REST is asked.
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

    /// <summary>Creates a connection that is not yet open.</summary>
    /// <param name="baseUri">The server's address, with its path if it has one.</param>
    /// <param name="token">The token of the user who listens.</param>
    /// <param name="transport">Certificates and proxy, the same as for REST.</param>
    /// <param name="environment">Clock, randomness and redaction.</param>
    /// <param name="checkToken">
    /// Asks REST whether the token is valid, and throws an <see cref="ApiException"/> of kind
    /// <see cref="ErrorKind.Authentication"/> if not; null to treat every fault as one of the network.
    /// </param>
    /// <param name="options">Limits; null for the defaults.</param>
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

    /// <summary>Opens a websocket; tests replace it.</summary>
    internal Func<UpgradeRequest, CancellationToken, Task<WebSocket>> Connect { get; init; }

    /// <summary>
    /// Delivers events until it is canceled. Each run begins with a gap; within a run connections are resumed if
    /// possible.
    /// </summary>
    /// <param name="sink">Receives the events; an exception of it ends the run and is rethrown.</param>
    /// <param name="cancellationToken">Ends the run within a second, even if the server stalls.</param>
    /// <exception cref="OperationCanceledException">It was canceled: the only regular end.</exception>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task RunAsync(IRealtimeSink sink, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new InvalidOperationException("The connection is running already.");

        try
        {
            // New for each run: after an exception of the sink it is unknown whether the last event was processed.
            var protocol = new RealtimeProtocol(_options, _token, _environment.Redactor);
            var backoff = new ReconnectBackoff(_options, _environment.Random);
            while (true)
            {
                sink.OnStateChanged(RealtimeState.Connecting, null);
                var end = await RunOnceAsync(protocol, sink, cancellationToken);
                if (end.OnlineFor >= _options.StableAfter)
                    backoff.Reset();

                // While the token was refused the server may have withheld events without closing the connection.
                if (end.TokenMayBeInvalid && await WaitForTokenAsync(sink, backoff, cancellationToken))
                    protocol.Forget();
                else
                    await PauseAsync(sink, end.Reason, backoff.Next(end.RetryAfter), cancellationToken);
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
            sink.OnStateChanged(RealtimeState.Stopped, null);
        }
    }

    private static async Task<WebSocket> CancelableAsync(
        Task<WebSocket> connecting,
        CancellationToken cancellationToken
    )
    {
        // Name resolution cannot be canceled on every platform: it is left running, and its result is disposed.
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

    private async Task<ConnectionEnd> RunOnceAsync(
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
                socket = await CancelableAsync(Connect(request, either.Token), either.Token);
            }
            catch (Exception error)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // What is asked for may be the cause, as of a gateway that lets no parameters pass.
                if (error is UpgradeRefusedException { Status: >= 400 and < 500 and not 429 })
                    protocol.Forget();

                return deadline.IsCancellationRequested
                    ? ConnectFailure.TimedOut(request, _options.ConnectTimeout)
                    : ConnectFailure.Describe(error, request, _environment.Redactor);
            }
        }

        using var open = new RealtimeSocket(socket, protocol, sink, _options, _environment.TimeProvider);
        return await open.RunAsync(cancellationToken);
    }

    /// <returns>True if the token was refused and is accepted again; false if it is not the cause.</returns>
    private async Task<bool> WaitForTokenAsync(
        IRealtimeSink sink,
        ReconnectBackoff backoff,
        CancellationToken cancellationToken
    )
    {
        var isRejected = false;
        while (await CheckTokenAsync(cancellationToken) is { } refusal)
        {
            if (!isRejected)
                sink.OnStateChanged(RealtimeState.TokenRejected, _environment.Redactor.Redact(refusal));

            isRejected = true;
            await _environment.TimeProvider.Delay(backoff.NextTokenCheck(), cancellationToken);
        }

        return isRejected;
    }

    private async Task<string?> CheckTokenAsync(CancellationToken cancellationToken)
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
            // REST does not answer either: a fault of the network, not of the token.
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
