using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using Polly;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// The one way out: every request of every client passes here, with its credentials, its time limit, its retries and
/// the translation of whatever goes wrong.
/// </summary>
internal sealed class HttpFunnel
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpConnection _connection;
    private readonly ApiCredentials _credentials;
    private readonly AnswerCheck _check;
    private readonly ResiliencePipeline _retries;
    private readonly string _root;

    public HttpFunnel(HttpConnection connection, ApiCredentials credentials, IApiErrorMapper errors)
    {
        _connection = connection;
        _credentials = credentials;
        _root = ServerAddress.Root(connection.BaseUri);
        Text = new ErrorText(errors.Product, errors.UriParameter, connection.BaseUri, connection.Environment);
        _check = new AnswerCheck(errors, Text);
        _retries = RetryPipeline.Create(connection.Environment);
    }

    public ErrorText Text { get; }

    /// <summary>The error for an answer that proves to come from something else than the API.</summary>
    public ApiException NotTheApi(ApiRequest request, ApiResponse response) => _check.NotTheApi(request, response);

    /// <summary>Sends a request and returns its answer, which is a success.</summary>
    /// <exception cref="ApiException">Anything else came, or nothing.</exception>
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ExecuteAsync(request, static response => response, cancellationToken);

    /// <summary>Sends a request and reads the JSON of its answer.</summary>
    /// <exception cref="ApiException">No answer, a refusal, or not the JSON that was expected.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        ExecuteAsync(
            request,
            response => JsonSerializer.Deserialize(response.Body, type) ?? throw new JsonException("The answer is null."),
            cancellationToken);

    private async Task<T> ExecuteAsync<T>(ApiRequest request, Func<ApiResponse, T> read, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var call = new ApiCall(request);
            context.Properties.Set(RetryPipeline.Call, call);
            return await _retries.ExecuteAsync(
                static (context, state) => state.Funnel.TryAsync(state.Call, state.Read, context.CancellationToken),
                context, (Funnel: this, Call: call, Read: read));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<T> TryAsync<T>(ApiCall call, Func<ApiResponse, T> read, CancellationToken cancellationToken)
    {
        call.Attempt++;
        var clock = _connection.Environment.TimeProvider;
        var started = clock.GetTimestamp();
        int? status = null;
        ApiException? error = null;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = TimeLimit.Start(both, _connection.Options.Timeout, clock);
        try
        {
            using var message = CreateMessage(call.Request);
            using var answer = await _connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            status = (int)answer.StatusCode;
            var response = new ApiResponse(answer, await ResponseBodies.ReadAsync(answer, both.Token));
            error = _check.Find(call.Request, response);
            if (error is not null)
                throw error;
            try
            {
                return read(response);
            }
            catch (JsonException cause)
            {
                error = call.Request.Kind == ResourceKind.Server
                    ? _check.NotTheApi(call.Request, response)
                    : ConnectionFailures.BadBody(call.Request, response, response.Status, Text, cause);
                throw error;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (_connection.IsClosed)
        {
            throw new MattermostXsoarException(
                ErrorIds.NotConnected, ErrorKind.InvalidOperation,
                $"The session with {Text.Product} at {Text.Address} was disconnected during {Text.Call(call.Request)}.");
        }
        catch (OperationCanceledException cause)
        {
            error = both.IsCancellationRequested
                ? ConnectionFailures.Timeout(call.Request, Text, _connection.Options.Timeout, cause)
                : ConnectionFailures.ConnectTimeout(call.Request, Text, cause);
            throw error;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            error = status is { } begun
                ? ConnectionFailures.BadBody(call.Request, null, begun, Text, cause)
                : ConnectionFailures.Create(call.Request, Text, _connection.Certificate, cause);
            throw error;
        }
        finally
        {
            if (_connection.Environment.Observer is { } observer)
                observer(new HttpCallRecord(
                    call.Request.Method.Method, Text.Redact(call.Request.Path), status, clock.GetElapsedTime(started),
                    call.Attempt, error?.Message));
        }
    }

    private HttpRequestMessage CreateMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, _root + request.Path);
        _credentials.Apply(message.Headers);
        if (request.Body is { } body)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        return message;
    }
}
