using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// One attempt of a request, until the body of its response has been received: its time limit, its cancellation, and
/// the record and metrics of it. The download of a file keeps it until it is read.
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
    private HttpResponseMessage? _response;
    private ResponseBody? _body;
    private ApiException? _error;
    private int? _status;
    private int _ended;

    /// <param name="call">The request and the number of its attempts.</param>
    /// <param name="connection">The server.</param>
    /// <param name="text">Texts for its errors.</param>
    /// <param name="isTransfer">Whether a file is uploaded or downloaded: then the time without progress is limited
    /// instead of the whole time.</param>
    /// <param name="cancellationToken">The caller's token.</param>
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

    /// <summary>Canceled by the caller and by the time limit.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>The caller's own part of <see cref="Token"/>.</summary>
    public CancellationToken CancellationToken => _cancellationToken;

    /// <summary>Whether a download stream disposes this exchange.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Sends the request with its body, and returns when the headers of the response have arrived.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message)
    {
        _message = message;
        _response = await _connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _both.Token);
        _status = (int)_response.StatusCode;
        _connection.Note(_response);
        return _response;
    }

    /// <summary>Reads the whole body of the response; of a refusal no more than its beginning.</summary>
    /// <returns>The response; its body is valid until this exchange is disposed.</returns>
    /// <exception cref="ApiException">The answer is longer than any of its kind can be.</exception>
    public async Task<ApiResponse> ReadBodyAsync()
    {
        var limit = _response!.IsSuccessStatusCode ? Request.Answer.Limit() : AnswerSizes.LargestRefusal;
        _body = await ResponseBody.ReadAsync(_response, limit, _both.Token);
        // Of a refusal the beginning is enough to describe it.
        if (_body.IsCut && _response.IsSuccessStatusCode)
            throw ConnectionFailures.TooLarge(Request, (int)_response.StatusCode, _text, limit);
        return new ApiResponse(_response!, _body.Bytes);
    }

    /// <summary>Closes the connection, so that a pending read ends.</summary>
    public void Abort() => _response?.Dispose();

    /// <summary>
    /// The error for an exception that ended this attempt: the exception itself if it is one of the module's errors.
    /// </summary>
    public Exception Explain(Exception cause)
    {
        var explained = Convert(cause);
        _error = explained as ApiException;
        return explained;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _message?.Dispose();
        _response?.Dispose();
        _body?.Dispose();
        _timeLimit?.Dispose();
        _both.Dispose();
        var duration = _connection.Environment.TimeProvider.GetElapsedTime(_started);
        CallMetrics.Record(duration, _text.Product, Request.Method.Method, _status);
        if (_connection.Environment.Observer is { } observer)
            observer(
                new HttpCallRecord(
                    Request.Method.Method,
                    _text.Redact(Request.Path),
                    _status,
                    duration,
                    _attempt,
                    _error?.Message
                )
            );
    }

    private Exception Convert(Exception cause)
    {
        if (cause is OperationCanceledException && _cancellationToken.IsCancellationRequested)
            return new OperationCanceledException(_cancellationToken);
        if (_connection.IsClosed)
            return new ApiException(
                ErrorIds.NotConnected,
                ErrorKind.InvalidOperation,
                $"The session with {_text.Product} at {_text.Address} was disconnected during {_text.Call(Request)}.",
                "Connect with Connect-Mattermost."
            )
            {
                OutcomeUnknown = Request.Effect != RequestEffect.Read,
            };
        if (_message?.Content is UploadContent { SourceFailure: { } failure })
            return failure;
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
            // .NET Framework reports a canceled transfer as a broken connection.
            case HttpRequestException or IOException when Limit is not null && _both.IsCancellationRequested:
                return ConnectionFailures.Stalled(Request, _text, _connection.Options.Timeout, cause);
            case HttpRequestException or IOException or InvalidDataException:
                return _status is { } status
                    ? ConnectionFailures.BadBody(Request, null, status, _text, cause)
                    : ConnectionFailures.Create(Request, _text, _connection.Certificate, cause);
            default:
                return cause;
        }
    }
}
