using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The entrance of the Mattermost server: authentication, routing and the form of errors.</summary>
internal sealed class MattermostGate
{
    private readonly RouteTable _routes = new();
    private readonly MattermostWorld _world;

    public MattermostGate(MattermostWorld world)
    {
        _world = world;
        SystemApi.Map(_routes, world);
        ConfigApi.Map(_routes, world);
        LimitsApi.Map(_routes, world);
        RolesApi.Map(_routes);
        SessionsApi.Map(_routes, world);
        UsersApi.Map(_routes, world);
        AccountsApi.Map(_routes, world);
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
        ReactionsApi.Map(_routes, world);
        SearchApi.Map(_routes, world);
        WebhooksApi.Map(_routes, world);
        FilesApi.Map(_routes, world);
        GroupsApi.Map(_routes, world);
    }

    public static string? Token(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..].Trim();
        return header.StartsWith("token ", StringComparison.OrdinalIgnoreCase) ? header[6..].Trim() : null;
    }

    public bool IsUpload(HttpContext http) => _routes.IsUpload(http.Request.Method, http.Request.Path.Value ?? "/");

    public SandboxUser? Caller(HttpContext http) => _world.FindByToken(Token(http));

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        var handler = _routes.Find(call.Method, call.Path, out var values);
        if (handler is null)
            return NotFound(call);
        call.Values = values;
        try
        {
            if (call.Caller is null && !SystemApi.IsOpen(call.Path))
                return Expired(call);
            return await handler(call);
        }
        catch (MattermostException error)
        {
            return Error(error);
        }
    }

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
        return token is { Length: > 0 }
            ? answer with
            {
                Headers = [.. answer.Headers, new("Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly")],
            }
            : answer;
    }

    private Answer Error(MattermostException error)
    {
        var requestId = Ids.New();
        var body = Json.Bytes(
            (
                error,
                requestId,
                _world.Options.DeveloperMode,
                words: _world.ErrorLanguage?.Invoke(error.Message) ?? error.Message
            ),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, it.error.Id);
                writer.WriteString("message"u8, it.words);
                writer.WriteString("detailed_error"u8, it.DeveloperMode ? it.error.Detail : "");
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
    public static Answer NotFound(ApiCall call)
    {
        var body = Json.Bytes(
            call.Path,
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
        return new Answer(404, body, "text/plain; charset=utf-8") { Bare = true };
    }
}
