using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using Polly;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Sends every request of every client: adds the credentials, applies the time limit and the retries, and turns
/// failures into the module's errors.
/// </summary>
internal sealed class ApiTransport
{
    // A smaller body fits into the network buffers and would be sent before a refusal could arrive.
    private const int SentAtOnce = 64 * 1024;

    // Mattermost answers a longer address with 414 (11.6: rest-error-414-*).
    private const int LongestPath = 2048;

    private static readonly StringWithQualityHeaderValue English = new("en");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpConnection _connection;
    private readonly ApiCredentials _credentials;
    private readonly ResponseValidator _validator;
    private readonly ResiliencePipeline _retries;
    private readonly string _root;

    public ApiTransport(HttpConnection connection, ApiCredentials credentials, IApiErrorMapper errors)
    {
        _connection = connection;
        _credentials = credentials;
        _root = ServerAddress.Root(connection.BaseUri);
        Text = new ErrorText(
            errors.Product,
            errors.UriParameter,
            connection.BaseUri,
            connection.Environment,
            connection.Proxy
        );
        _validator = new ResponseValidator(errors, Text);
        _retries = RetryPipeline.Create(connection.Environment);
    }

    public ErrorText Text { get; }

    /// <summary>The error for a response that did not come from the API.</summary>
    public ApiException WrongApi(ApiRequest request, ApiResponse response) => _validator.WrongApi(request, response);

    /// <summary>Sends a request and returns its successful response.</summary>
    /// <exception cref="ApiException">The request failed: no response, a refusal, or a response that is not from the
    /// API.</exception>
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ExecuteAsync(
            request,
            request.Upload is not null,
            async (_, exchange) => (await ReadAsync(exchange)).Keep(),
            cancellationToken
        );

    /// <summary>Sends a request and reads the JSON of its response.</summary>
    /// <exception cref="ApiException">No response, a refusal, or not the JSON that was expected.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        ExecuteAsync(
            request,
            request.Upload is not null,
            async (_, exchange) => Deserialize(exchange.Request, await ReadAsync(exchange), type),
            cancellationToken
        );

    /// <summary>Sends a request for a file, and returns when its first bytes can be read.</summary>
    /// <exception cref="ApiException">The request failed: no response, a refusal, or a response that is not from the
    /// API.</exception>
    public Task<FileDownload> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ExecuteAsync(
            request,
            true,
            async (answer, exchange) =>
            {
                // An HTML page is a downloaded file only if the server says so with Content-Disposition.
                var isPage = answer.Content.Headers is { ContentType.MediaType: "text/html", ContentDisposition: null };
                if (!answer.IsSuccessStatusCode || isPage)
                    await ReadAsync(exchange);
                var stream = new DownloadStream(
                    exchange,
                    await answer.Content.ReadAsStreamAsync(),
                    answer.Content.Headers.ContentLength
                );
                exchange.Limit!.Pause();
                exchange.IsHandedOver = true;
                return new FileDownload(stream, answer);
            },
            cancellationToken
        );

    private async Task<T> ExecuteAsync<T>(
        ApiRequest request,
        bool isTransfer,
        Func<HttpResponseMessage, HttpExchange, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        if (request.Path.Length > LongestPath)
            throw new ApiException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"A name or id has {request.Path.Length} characters in the address of a call to {Text.Product}, which takes "
                    + $"{LongestPath} at most.",
                "Check the value; no name or id is so long."
            );
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var call = new ApiCall(request);
            context.Properties.Set(RetryPipeline.Call, call);
            return await _retries.ExecuteAsync(
                static (context, state) =>
                    state.Transport.AttemptAsync(state.Call, state.IsTransfer, state.Read, context.CancellationToken),
                context,
                (Transport: this, Call: call, IsTransfer: isTransfer, Read: read)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(
        ApiCall call,
        bool isTransfer,
        Func<HttpResponseMessage, HttpExchange, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        call.Attempt++;
        var exchange = new HttpExchange(call, _connection, Text, isTransfer, cancellationToken);
        try
        {
            var answer = await exchange.SendAsync(CreateMessage(exchange));
            return await read(answer, exchange);
        }
        catch (Exception cause)
        {
            var error = exchange.Explain(cause);
            if (ReferenceEquals(error, cause))
                throw;
            throw error;
        }
        finally
        {
            if (!exchange.IsHandedOver)
                exchange.Dispose();
        }
    }

    private async Task<ApiResponse> ReadAsync(HttpExchange exchange)
    {
        var response = await exchange.ReadBodyAsync();
        return _validator.Find(exchange.Request, response) is { } error ? throw error : response;
    }

    // The one place where an answer becomes an object: one that lacks what makes it one, such as its id, is none.
    private T Deserialize<T>(ApiRequest request, ApiResponse response, JsonTypeInfo<T> type)
        where T : class
    {
        T value;
        int dropped;
        try
        {
            value =
                LenientJson.Read(response.Body.Span, type, out dropped)
                ?? EmptyList(type)
                ?? throw new JsonException("The response is null.");
        }
        catch (JsonException cause)
        {
            throw request.Kind == ResourceKind.Server
                ? _validator.WrongApi(request, response)
                : ConnectionFailures.BadBody(request, response, response.Status, Text, cause);
        }

        if (value is IAnswer { IsComplete: false })
            throw _validator.WrongApi(request, response);
        if (dropped > 0)
            _connection.Environment.UnreadableValues?.Invoke(
                $"{Text.Product} at {Text.Address} answered {Text.Call(request)} with values of a wrong shape "
                    + $"({dropped}); they were left out."
            );
        return value;
    }

    // Newer servers write null for an empty list (11.6: rest-reactions-of-hidden).
    private static T? EmptyList<T>(JsonTypeInfo<T> type)
        where T : class => type.Kind == JsonTypeInfoKind.Enumerable ? type.CreateObject?.Invoke() : null;

    private HttpRequestMessage CreateMessage(HttpExchange exchange)
    {
        var request = exchange.Request;
        var message = new HttpRequestMessage(request.Method, _root + request.Path);
        _credentials.Apply(message.Headers);
        // What servers say is shown beside this module's own sentences. No decision depends on it.
        message.Headers.AcceptLanguage.Add(English);
        if (request.Body is { } body)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        if (request.Upload is { } upload)
        {
            message.Content = new UploadContent(upload, exchange.Limit!, exchange.Token);
            message.Headers.TransferEncodingChunked = upload.Length is null ? true : null;
            // A refusal (no permission, too large, not found) then arrives before the bytes are sent, not while they
            // are.
            message.Headers.ExpectContinue = upload.Length is not < SentAtOnce;
        }

        return message;
    }
}
