using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// One try of a request, until its answer's body has arrived: its time limit, what ends it, and what is told of it. A
/// file's download keeps it for as long as it is read.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly HttpConnection _connection;
    private readonly ErrorText _text;
    private readonly ApiCall _call;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _both;
    private readonly IDisposable? _timeLimit;
    private readonly long _started;
    private readonly int _attempt;
    private HttpRequestMessage? _message;
    private HttpResponseMessage? _answer;
    private ResponseBody? _body;
    private ApiException? _error;
    private int? _status;
    private int _ended;

    /// <param name="call">The request and the number of its tries.</param>
    /// <param name="connection">Where it goes.</param>
    /// <param name="text">Words for its errors.</param>
    /// <param name="isTransfer">Whether a file is sent or fetched: then only the silences are limited, not the
    /// whole.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public HttpExchange(
        ApiCall call,
        HttpConnection connection,
        ErrorText text,
        bool isTransfer,
        CancellationToken cancellationToken
    )
    {
        _call = call;
        _connection = connection;
        _text = text;
        _cancellationToken = cancellationToken;
        _attempt = call.Attempt;
        _both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clock = connection.Environment.TimeProvider;
        if (isTransfer)
            _timeLimit = Limit = new InactivityLimit(_both, connection.Options.Timeout, clock);
        else
            _timeLimit = TimeLimit.Start(_both, connection.Options.Timeout, clock);
        _started = clock.GetTimestamp();
    }

    public ApiRequest Request => _call.Request;

    /// <summary>The limit of a transfer; null for any other request.</summary>
    public InactivityLimit? Limit { get; }

    /// <summary>Ends with the caller's cancellation and with the time limit.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>The caller's own part of <see cref="Token"/>.</summary>
    public CancellationToken CancellationToken => _cancellationToken;

    /// <summary>Whether somebody else disposes of this exchange now.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Sends the request, with its body, and returns when the head of the answer is here.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message)
    {
        _message = message;
        _answer = await _connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _both.Token);
        _status = (int)_answer.StatusCode;
        return _answer;
    }

    /// <summary>Reads the answer's body to its end.</summary>
    /// <returns>The answer, whose body is gone with this exchange.</returns>
    public async Task<ApiResponse> ReadWholeAsync()
    {
        _body = await ResponseBody.ReadAsync(_answer!, _both.Token);
        return new ApiResponse(_answer!, _body.Bytes);
    }

    /// <summary>Breaks the connection, which wakes whoever reads from it.</summary>
    public void Abort() => _answer?.Dispose();

    /// <summary>What an exception means that ended this try: itself, where it has been worded already.</summary>
    public Exception Explain(Exception cause)
    {
        var explained = Reword(cause);
        _error = explained as ApiException;
        return explained;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _message?.Dispose();
        _answer?.Dispose();
        _body?.Dispose();
        _timeLimit?.Dispose();
        _both.Dispose();
        var took = _connection.Environment.TimeProvider.GetElapsedTime(_started);
        CallMetrics.Took(took, _text.Product, Request.Method.Method, _status);
        if (_connection.Environment.Observer is { } observer)
            observer(
                new HttpCallRecord(
                    Request.Method.Method,
                    _text.Redact(Request.Path),
                    _status,
                    took,
                    _attempt,
                    _error?.Message
                )
            );
    }

    private Exception Reword(Exception cause)
    {
        if (cause is OperationCanceledException && _cancellationToken.IsCancellationRequested)
            return new OperationCanceledException(_cancellationToken);
        if (_connection.IsClosed)
            return new MattermostXsoarException(
                ErrorIds.NotConnected,
                ErrorKind.InvalidOperation,
                $"The session with {_text.Product} at {_text.Address} was disconnected during {_text.Call(Request)}."
            );
        if (_message?.Content is UploadContent { SourceFailure: { } unread })
            return unread;
        switch (cause)
        {
            case OperationCanceledException when !_both.IsCancellationRequested:
                return ConnectionFailures.ConnectTimeout(Request, _text, cause);
            case OperationCanceledException when Limit is not null:
                return ConnectionFailures.Stalled(Request, _text, _connection.Options.Timeout, cause);
            case OperationCanceledException:
                return ConnectionFailures.Timeout(Request, _text, _connection.Options.Timeout, cause);
            case HttpRequestException
            or IOException
            or InvalidDataException when _cancellationToken.IsCancellationRequested:
                return new OperationCanceledException(_cancellationToken);
            // .NET Framework tells an abandoned transfer as a broken one.
            case HttpRequestException or IOException when Limit is not null && _both.IsCancellationRequested:
                return ConnectionFailures.Stalled(Request, _text, _connection.Options.Timeout, cause);
            case HttpRequestException or IOException or InvalidDataException:
                return _status is { } begun
                    ? ConnectionFailures.BadBody(Request, null, begun, _text, cause)
                    : ConnectionFailures.Create(Request, _text, _connection.Certificate, cause);
            default:
                return cause;
        }
    }
}
