using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary>The servers as a whole: where they are, restart, freeze, clocks, secrets.</summary>
internal static class ServersAdmin
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromDays(3660);

    public static void Map(RouteTable routes, SandboxServer sandbox)
    {
        routes.Map("GET", "/sandbox/info", _ => AdminAnswers.Of(SandboxInfo.Of(sandbox)));
        routes.Map("POST", "/sandbox/restart", call => Restart(sandbox, call));
        routes.Map("POST", "/sandbox/cut", _ => AdminAnswers.Do(sandbox.CutWebSockets));
        routes.Map("POST", "/sandbox/freeze", call => Freeze(sandbox, call));
        routes.Map("POST", "/sandbox/thaw", _ => AdminAnswers.Do(sandbox.Thaw));
        routes.Map("GET", "/sandbox/clock", _ => Clocks(sandbox));
        routes.Map("PUT", "/sandbox/clock", call => SetClocks(sandbox, call));
        routes.Map("POST", "/sandbox/clock", call => SetClocks(sandbox, call));
        routes.Map("GET", "/sandbox/history", _ => History(sandbox));
        routes.Map("PUT", "/sandbox/history", call => SetHistory(sandbox, call));
        routes.Map("POST", "/sandbox/history", call => SetHistory(sandbox, call));
        routes.Map("POST", "/sandbox/tokens/{}/{}", call => Token(sandbox, call.Values[0], call.Values[1]));
    }

    /// <summary>A flag may be in the query or in the body.</summary>
    private static bool? Flag(ApiCall call, JsonFields fields, string name)
    {
        var inBody = fields.Flag(name);
        if (call.Query(name) is not { } text)
            return inBody;
        return bool.TryParse(text, out var flag)
            ? flag
            : throw new JsonFieldException(name, $"expected true or false, found \"{text}\"");
    }

    private static Answer Freeze(SandboxServer sandbox, ApiCall call)
    {
        var fields = AdminAnswers.Fields(call);
        var webSocketsOnly = Flag(call, fields, "webSocketsOnly") ?? false;
        fields.End();
        return AdminAnswers.Do(webSocketsOnly ? sandbox.FreezeWebSockets : sandbox.Freeze);
    }

    /// <summary>Answers before it restarts, since the restart ends this connection too.</summary>
    private static Answer Restart(SandboxServer sandbox, ApiCall call)
    {
        var fields = AdminAnswers.Fields(call);
        var inBody = fields.Number("seconds", 0, 86_400);
        var seconds = AdminAnswers.Number(call, "seconds", 0, 86_400) ?? inBody ?? 0;
        var keepState = Flag(call, fields, "keepState") ?? true;
        fields.End();
        call.Http.Response.OnCompleted(() =>
        {
            _ = Task.Run(() => sandbox.RestartAsync(TimeSpan.FromSeconds(seconds), keepState));
            return Task.CompletedTask;
        });
        return Answer.StatusOk;
    }

    private static Answer Clocks(SandboxServer sandbox) =>
        AdminAnswers.Of(
            new
            {
                Mattermost = new
                {
                    Skew = sandbox.MattermostClockSkew.TotalSeconds,
                    Now = sandbox.MattermostClock.GetUtcNow(),
                },
                Xsoar = new { Skew = sandbox.XsoarClockSkew.TotalSeconds, Now = sandbox.XsoarClock.GetUtcNow() },
            }
        );

    private static Answer SetClocks(SandboxServer sandbox, ApiCall call)
    {
        var fields = AdminAnswers.Fields(call);
        var (mattermost, xsoar) = (Skew(fields, "mattermost"), Skew(fields, "xsoar"));
        fields.End();
        sandbox.MattermostClockSkew = mattermost ?? sandbox.MattermostClockSkew;
        sandbox.XsoarClockSkew = xsoar ?? sandbox.XsoarClockSkew;
        return Clocks(sandbox);
    }

    private static Answer History(SandboxServer sandbox) =>
        AdminAnswers.Of(
            new
            {
                Limit = sandbox.Mattermost.HistoryLimit ?? 0,
                LastAccessiblePostTime = sandbox.Mattermost.LastAccessiblePostTime,
            }
        );

    /// <summary><c>limit</c> posts of people are accessible (0: all); posts older than the post <c>before</c> are
    /// hidden (an empty text: none).</summary>
    private static Answer SetHistory(SandboxServer sandbox, ApiCall call)
    {
        var fields = AdminAnswers.Fields(call);
        var (limit, before) = (fields.Integer("limit", 0), fields.Text("before"));
        fields.End();
        if (limit is { } count)
            sandbox.Mattermost.HistoryLimit = count == 0 ? null : count;
        if (before is { Length: > 0 })
            sandbox.Mattermost.HideBefore(before);
        else if (before is not null)
            sandbox.Mattermost.HideBefore(0);
        return History(sandbox);
    }

    private static TimeSpan? Skew(JsonFields fields, string name) =>
        fields.Span(name, mayBeNegative: true) is not { } skew ? null
        : skew.Duration() <= MostSkew ? skew
        : throw fields.Wrong(name, "a clock can be set by ten years at most; use seconds, such as -3600");

    private static Answer Token(SandboxServer sandbox, string name, string what)
    {
        SandboxToken? token = name switch
        {
            "bot" => SandboxToken.Bot,
            "personal" => SandboxToken.Personal,
            "xsoar" => SandboxToken.XsoarApiKey,
            _ => null,
        };
        if (token is not { } it)
            return AdminAnswers.Failed(400, $"tokens/{name}: there is no such token; use bot, personal or xsoar");
        switch (what)
        {
            case "revoke":
                sandbox.Tokens.Revoke(it);
                return Answer.StatusOk;
            case "restore":
                sandbox.Tokens.Restore(it);
                return Answer.StatusOk;
            case "renew":
                return AdminAnswers.Of(new { token = sandbox.Tokens.Renew(it) });
            default:
                return AdminAnswers.Failed(
                    400,
                    $"tokens/{name}/{what}: there is no such operation; use revoke, restore or renew"
                );
        }
    }
}
