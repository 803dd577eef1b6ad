using System.Buffers;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Microsoft.AspNetCore.Http.Features;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The entrance of the Mattermost server: authentication, routing and the form of errors.</summary>
internal sealed partial class MattermostGate
{
    private static readonly SearchValues<char> InNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_-.+"
    );

    private readonly RouteTable _routes = new();
    private readonly MattermostWorld _world;

    public MattermostGate(MattermostWorld world)
    {
        _world = world;
        SystemApi.Map(_routes, world);
        ConfigApi.Map(_routes, world);
        LimitsApi.Map(_routes, world);
        RolesApi.Map(_routes, world);
        SessionsApi.Map(_routes, world);
        UsersApi.Map(_routes, world);
        AccountsApi.Map(_routes, world);
        AccountAdministrationApi.Map(_routes, world);
        StatusApi.Map(_routes, world);
        PreferencesApi.Map(_routes, world);
        BotsApi.Map(_routes, world);
        TeamsApi.Map(_routes, world);
        TeamAdministrationApi.Map(_routes, world);
        ChannelListsApi.Map(_routes, world);
        ChannelsApi.Map(_routes, world);
        UnreadApi.Map(_routes, world);
        MembersApi.Map(_routes, world);
        PostsApi.Map(_routes, world);
        ThreadsApi.Map(_routes, world);
        ReactionsApi.Map(_routes, world);
        SearchApi.Map(_routes, world);
        WebhooksApi.Map(_routes, world);
        FilesApi.Map(_routes, world);
        GroupsApi.Map(_routes, world);
        if (!world.Version.HasNewApis)
            return;
        SidebarApi.Map(_routes, world);
        EmojiApi.Map(_routes, world);
        IntegrationsApi.Map(_routes, world);
        UploadsApi.Map(_routes, world);
        ServerInformationApi.Map(_routes, world);
        RefusedApi.Map(_routes);
    }

    public static string? Token(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..];
        if (header.StartsWith("token ", StringComparison.OrdinalIgnoreCase))
            return header[6..];
        // A browser sends a cookie; with it, calls that change something also need a header that other sites cannot
        // send.
        return
            header.Length == 0
            && http.Request.Cookies["MMAUTHTOKEN"] is { } cookie
            && (http.Request.Method == "GET" || http.Request.Headers.XRequestedWith == "XMLHttpRequest")
            ? cookie
            : null;
    }

    public bool IsUpload(HttpContext http) => _routes.IsUpload(http.Request.Method, http.Request.Path.Value ?? "/");

    public SandboxUser? Caller(HttpContext http) => _world.FindByToken(Token(http));

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        if (Refusal(call) is { } refusal)
            return refusal;
        if (_world.Version.ChecksRequests && call.Path.Length > 1 && call.Path.EndsWith('/'))
            return NotFound(_world, call);
        if (_world.Version.ChecksNamesInPaths && HasStrangeName(call.Path))
            return NotFound(_world, call);
        var handler = _routes.Find(call.Method, call.Path, out var values);
        if (handler is null)
            return _world.Version.HasNewApis && RefusedApi.Refusal(call.Path) is { } missing
                ? Error(missing)
                : NotFound(_world, call);
        call.Values = values;
        try
        {
            if (call.Caller is null && call.Query("access_token") is { Length: > 0 })
                throw new MattermostException(
                    401,
                    "api.context.token_provided.app_error",
                    "Session is not OAuth but token was provided in the query string.",
                    "token=" + call.Query("access_token")
                );
            if (call.Caller is null && !SystemApi.IsOpen(call.Path, _world.Version))
                return Expired(call);
            return await handler(call);
        }
        catch (MattermostException error)
        {
            return Error(error);
        }
    }

    /// <summary>What a new server refuses before it looks at the call: long addresses and bodies, addresses that can be
    /// written in a simpler way.</summary>
    private Answer? Refusal(ApiCall call)
    {
        const int LongestUrl = 2048;
        const int LargestBody = 300_000 + 512;
        const int Rest = 256 * 1024;
        if (!_world.Version.ChecksRequests)
            return null;
        var target = call.Http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? call.Path;
        if (target.Length > LongestUrl)
            return Error(
                new MattermostException(414, "basic_security_check.url.too_long_error", "URL is too long")
            ) with
            {
                Bare = true,
                Headers = [new("Vary", "Accept-Encoding")],
            };
        var path = target.Split('?')[0];
        if (path.Contains("//", StringComparison.Ordinal) || path.Split('/').Contains(".."))
            return new Answer(301, default, null) { Bare = true, Headers = [new("Location", Simplified(path))] };
        if (call.Body.Length <= LargestBody || IsUpload(call.Http))
            return null;
        return Error(
            new MattermostException(
                413,
                "api.context.request_body_too_large.app_error",
                "Unable to process request. Request body too large."
            )
            {
                // The rest of a very large body is not read.
                ClosesConnection = call.Body.Length > LargestBody + Rest,
            }
        );
    }

    private static string Simplified(string path)
    {
        var simple = new Uri(new Uri("http://x/"), path.Replace("//", "/", StringComparison.Ordinal)).AbsolutePath;
        return path.EndsWith('/') ? simple : simple.TrimEnd('/');
    }

    /// <summary>Whether a part of the path can be no name. Only an e-mail address has other letters.</summary>
    private static bool HasStrangeName(string path) =>
        path.StartsWith("/api/v4/", StringComparison.Ordinal)
        && !path.StartsWith("/api/v4/users/email/", StringComparison.Ordinal)
        && path.AsSpan().ContainsAnyExcept(InNames);

    private Answer Expired(ApiCall call)
    {
        var token = Token(call.Http);
        var answer = Error(
            new MattermostException(
                401,
                "api.context.session_expired.app_error",
                "Invalid or expired session, please login again.",
                token is { Length: > 0 } ? "token=" + token : "UserRequired"
            )
        );
        // An invalid token is removed from the browser's cookies.
        return token is { Length: > 0 } || call.Http.Request.Cookies.ContainsKey("MMAUTHTOKEN")
            ? answer with
            {
                Headers = [.. answer.Headers, new("Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly")],
            }
            : answer;
    }

    private string Detail(MattermostException error)
    {
        if (!_world.Options.DeveloperMode)
            return "";
        return !_world.Version.QuotesResources
            ? error.Detail
            : Resource().Replace(error.Detail, "resource \"$1\" not found, id: $2").TrimEnd(',');
    }

    [GeneratedRegex("^resource: ([A-Za-z]+) id: (.+)$")]
    private static partial Regex Resource();

    private Answer Error(MattermostException error)
    {
        var requestId = Ids.New();
        var body = Json.Bytes(
            (
                words: _world.ErrorLanguage?.Invoke(error.Message) ?? error.Message,
                error,
                requestId,
                detail: Detail(error)
            ),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, it.error.Id);
                writer.WriteString("message"u8, it.words);
                writer.WriteString("detailed_error"u8, it.detail);
                writer.WriteString("request_id"u8, it.requestId);
                writer.WriteNumber("status_code"u8, it.error.Status);
                writer.WriteEndObject();
            }
        );
        var answer = new Answer(error.Status, body) { Headers = [new("X-Request-Id", requestId)] };
        return error.ClosesConnection
            ? answer with
            {
                Headers = [.. answer.Headers, new("Connection", "close")],
            }
            : answer;
    }

    /// <summary>The answer to an unknown route.</summary>
    public static Answer NotFound(MattermostWorld world, ApiCall call)
    {
        // What is not of this version of the API is looked up among the pages of the web client.
        var isPage = world.Version.UnknownRoutesAreJson && !call.Path.StartsWith("/api/v4/", StringComparison.Ordinal);
        var body = Json.Bytes(
            call.Path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase),
            static (writer, path) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, "api.context.404.app_error");
                writer.WriteString("message"u8, "Sorry, we could not find the page.");
                writer.WriteString(
                    "detailed_error"u8,
                    $"There doesn't appear to be an api call for the url='{path}'.  "
                        + "Typo? are you missing a team_id or user_id as part of the url?"
                );
                writer.WriteNumber("status_code"u8, 404);
                writer.WriteEndObject();
            }
        );
        return new Answer(
            404,
            body,
            world.Version.UnknownRoutesAreJson ? "application/json" : "text/plain; charset=utf-8"
        )
        {
            Bare = !isPage,
            IsPage = isPage,
            Headers = isPage
                ?
                [
                    new("Content-Security-Policy", "frame-ancestors 'self' ; script-src 'self'"),
                    new("X-Frame-Options", "SAMEORIGIN"),
                ]
                : [],
        };
    }
}
