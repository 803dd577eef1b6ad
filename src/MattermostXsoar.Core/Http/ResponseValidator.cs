using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Checks a response: refusals of the API by its mapper, and what can happen with every API, such as redirects and web
/// pages.
/// </summary>
internal sealed class ResponseValidator
{
    private readonly IApiErrorMapper _mapper;
    private readonly ErrorText _text;

    public ResponseValidator(IApiErrorMapper mapper, ErrorText text)
    {
        _mapper = mapper;
        _text = text;
    }

    /// <summary>The error for a response, or null for a valid one.</summary>
    public ApiException? Find(ApiRequest request, ApiResponse response)
    {
        if (response.Status is >= 300 and < 400)
            return Redirect(request, response);
        if (response.IsSuccess)
            return response.LooksLikeHtml ? WebPage(request, response) : null;
        if (response.Status == 429)
            return RateLimit(request, response);
        return _mapper.Map(request, response, _text) ?? Unknown(request, response);
    }

    /// <summary>A successful response that is not what the API sends for this request.</summary>
    public ApiException WrongApi(ApiRequest request, ApiResponse response) =>
        WrongHost(
            request,
            response,
            $"{_text.Address} answered {_text.Call(request)} with HTTP {response.Status}, but not as {_text.Product} "
                + "does."
        );

    private ApiException RateLimit(ApiRequest request, ApiResponse response)
    {
        var wait = RetryAfter.Read(response, _text.Now);
        var asked = wait is { } time ? $" and asks to wait {time.TotalSeconds:0.#} s" : "";
        return new ApiException(
            ErrorIds.RateLimited,
            ErrorKind.Unavailable,
            $"{_text.Product} at {_text.Address} limits the number of requests{asked}: {_text.Call(request)} was "
                + "refused.",
            "Try again later, or have the server's rate limit raised for this account."
        )
        {
            StatusCode = response.Status,
            RequestId = _text.RequestId(response),
            RetryAfter = wait,
        };
    }

    private ApiException Redirect(ApiRequest request, ApiResponse response)
    {
        var target = response.Location is { } location ? Target(location) : "an unnamed address";
        var signIn =
            target.Contains("login", StringComparison.OrdinalIgnoreCase)
            || target.Contains("signin", StringComparison.OrdinalIgnoreCase)
            || target.Contains("sso", StringComparison.OrdinalIgnoreCase);
        return WrongHost(
            request,
            response,
            $"{_text.Address} redirects {_text.Call(request)} to {target}{(signIn ? ", a sign-in page" : "")}, "
                + $"instead of answering as the {_text.Product} API does.",
            IsUpgrade(response.Location) ? $"Use https: {_text.UriParameter} https{_text.Address.Substring(4)}" : null
        );
    }

    private ApiException WebPage(ApiRequest request, ApiResponse response) =>
        WrongHost(
            request,
            response,
            $"{_text.Address} answered {_text.Call(request)} with a web page, not the {_text.Product} API "
                + $"(HTTP {response.Status})."
        );

    private ApiException Unknown(ApiRequest request, ApiResponse response) =>
        response.Status switch
        {
            407 => new ApiException(
                ErrorIds.HostUnreachable,
                ErrorKind.Connection,
                $"The proxy{(_text.Proxy is { } proxy ? " " + proxy : "")} for {_text.Address} requires a user name "
                    + "and a password.",
                "Give them in the proxy's address: -Proxy http://user:password@proxy:port"
            )
            {
                StatusCode = response.Status,
            },
            413 => new ApiException(
                ErrorIds.FileTooLarge,
                ErrorKind.InvalidArgument,
                $"The request is larger than a proxy in front of {_text.Product} allows. "
                    + _text.Trace(request, response),
                "Send less, or have the proxy's limit for the size of a request raised."
            )
            {
                StatusCode = response.Status,
            },
            >= 500 => new ApiException(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"{_text.Product} at {_text.Address}, or a proxy in front of it, failed on {_text.Call(request)} "
                    + $"(HTTP {response.Status}).",
                "Try again; if it happens again, ask the server's administrator to check its log."
            )
            {
                StatusCode = response.Status,
                RequestId = _text.RequestId(response),
                RetryAfter = RetryAfter.Read(response, _text.Now),
                OutcomeUnknown = request.Effect != RequestEffect.Read,
            },
            >= 400 and not (404 or 405) when request.Body is not null || request.Upload is not null => Blocked(
                request,
                response
            ),
            _ when response.LooksLikeHtml => WebPage(request, response),
            _ => WrongApi(request, response),
        };

    // Attack strings and samples are what such devices look for, and what people send here.
    private ApiException Blocked(ApiRequest request, ApiResponse response) =>
        WrongHost(
            request,
            response,
            $"A firewall or proxy in front of {_text.Product} refuses this {(request.Upload is null ? "text" : "file")}: "
                + $"{_text.Address} answered {_text.Call(request)} with HTTP {response.Status} and "
                + (response.LooksLikeHtml ? "a web page." : $"not as {_text.Product} does."),
            $"If other requests pass, have it let this one pass from this machine. Else: {WrongHostAdvice}"
        );

    private bool IsUpgrade(Uri? target) =>
        target is { IsAbsoluteUri: true, Scheme: "https" }
        && _text.Address.StartsWith("http://", StringComparison.Ordinal)
        && string.Equals(new Uri(_text.Address).Host, target.Host, StringComparison.OrdinalIgnoreCase);

    private ApiException WrongHost(ApiRequest request, ApiResponse response, string message, string? advice = null) =>
        new(ErrorIds.WrongHost, ErrorKind.Connection, message, advice ?? WrongHostAdvice)
        {
            StatusCode = response.Status,
            // The server may have received a write although a proxy answered it with a page.
            OutcomeUnknown = response.IsSuccess && request.Effect != RequestEffect.Read,
        };

    private string WrongHostAdvice =>
        _text.Proxy is { } proxy
            ? $"Check whether the proxy {proxy} answers instead of {_text.Product}. {_mapper.WrongHostAdvice}"
            : _mapper.WrongHostAdvice;

    // Sign-in redirects carry state and tokens in their query.
    private string Target(Uri location)
    {
        var whole = location.IsAbsoluteUri
            ? location.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : location.OriginalString.Split('?', '#')[0];
        return _text.RedactCut(whole);
    }
}
