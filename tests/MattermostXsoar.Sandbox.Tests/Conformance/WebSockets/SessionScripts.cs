namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The recorder's actions in each recorded session, applied to the sandbox.</summary>
internal static class SessionScripts
{
    private static readonly TimeSpan AuthenticationLimit = TimeSpan.FromSeconds(5);

    /// <summary>By the recording's name; returns the socket to observe.</summary>
    public static readonly IReadOnlyDictionary<string, Func<SessionStage, Task<RawSocket>>> All = new Dictionary<
        string,
        Func<SessionStage, Task<RawSocket>>
    >(StringComparer.Ordinal)
    {
        ["ws-session-badtoken"] = static stage => stage.OpenAsync("badtoken0000000000000000zz"),
        ["ws-session-header-bad-token"] = static stage => stage.ConnectAsync("badtoken0000000000000000zz"),
        ["ws-session-header-auth"] = static stage =>
            CloseAfterAsync(stage, 2, stage.ConnectAsync(stage.Sandbox.BotToken)),
        ["ws-session-header-and-challenge"] = static stage =>
            CloseAfterAsync(stage, 2, stage.ConnectAsync(stage.Sandbox.BotToken), challenge: true),
        ["ws-session-client-close-1000"] = static stage =>
            CloseAfterAsync(stage, 3, stage.OpenAsync(stage.Sandbox.BotToken)),
        ["ws-session-bot-opening"] = static stage => stage.OpenAsync(stage.Sandbox.BotToken),
        ["ws-session-notjson"] = NotJsonAsync,
        ["ws-session-unauth-notjson"] = static async stage =>
        {
            var socket = await stage.ConnectAsync();
            await socket.SendAsync("this is not json");
            return socket;
        },
        ["ws-session-unauth"] = static stage => WaitUnauthenticatedAsync(stage, null),
        ["ws-session-unauth-idle"] = static stage => WaitUnauthenticatedAsync(stage, null),
        ["ws-session-unauth-action"] = static stage =>
            WaitUnauthenticatedAsync(stage, """{"seq":1,"action":"get_statuses"}"""),
        ["ws-session-bot-disabled"] = BotDisabledAsync,
        ["ws-session-token-revoked"] = TokenRevokedAsync,
        ["ws-session-client-pongs"] = static async stage => (await TwoClientsAsync(stage)).Answering,
        ["ws-session-client-sends-no-pong"] = static async stage => (await TwoClientsAsync(stage)).Silent,
        ["ws-session-server-restart-SIGINT"] = static stage => StopAsync(stage, "before restart INT"),
        ["ws-session-server-restart-SIGTERM"] = static stage => StopAsync(stage, "before restart TERM"),
        ["ws-session-server-restart-SIGKILL"] = static stage => StopAsync(stage, "before restart KILL"),
        ["ws-session-server-restart-SIGINT-connect-while-down"] = ConnectWhileDownAsync,
        ["ws-session-server-restart-SIGTERM-connect-while-down"] = ConnectWhileDownAsync,
        ["ws-session-server-restart-SIGKILL-connect-while-down"] = ConnectWhileDownAsync,
        ["ws-session-server-restart-SIGINT-reconnected"] = ReconnectAsync,
        ["ws-session-server-restart-SIGTERM-reconnected"] = ReconnectAsync,
        ["ws-session-server-restart-SIGKILL-reconnected"] = ReconnectAsync,
    };

    private static async Task<RawSocket> CloseAfterAsync(
        SessionStage stage,
        int frames,
        Task<RawSocket> opening,
        bool challenge = false
    )
    {
        var socket = await opening;
        await socket.UntilMessagesAsync(frames);
        if (challenge)
            await socket.SendAsync(
                $$$"""{"seq":1,"action":"authentication_challenge","data":{"token":"{{{stage.Sandbox.BotToken}}}"}}"""
            );
        await socket.CloseAsync();
        return socket;
    }

    /// <remarks>The same user was connected elsewhere, which is why no status_change was recorded.</remarks>
    private static async Task<RawSocket> NotJsonAsync(SessionStage stage)
    {
        await (await stage.OpenAsync(stage.Sandbox.BotToken)).UntilMessagesAsync(3);
        var socket = await stage.OpenAsync(stage.Sandbox.BotToken);
        await socket.UntilMessagesAsync(2);
        await socket.SendAsync("this is not json");
        return socket;
    }

    private static async Task<RawSocket> WaitUnauthenticatedAsync(SessionStage stage, string? action)
    {
        var socket = await stage.ConnectAsync();
        if (action is not null)
            await socket.SendAsync(action);
        stage.Clock.Advance(AuthenticationLimit - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, stage.Sandbox.Mattermost.SocketCount);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return socket;
    }

    private static async Task<RawSocket> BotDisabledAsync(SessionStage stage)
    {
        var socket = await stage.OpenAsync(stage.PlainBotToken);
        await socket.UntilMessagesAsync(3);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(1401));
        var id = stage.Sandbox.Mattermost.User("plainbot").Id;
        Assert.Equal(200, (await stage.Client.PostAsync($"/api/v4/bots/{id}/disable", null)).Status);
        await socket.UntilMessagesAsync(4);
        stage.Clock.Advance(AuthenticationLimit - TimeSpan.FromMilliseconds(1401));
        return socket;
    }

    private static async Task<RawSocket> TokenRevokedAsync(SessionStage stage)
    {
        var socket = await stage.OpenAsync(stage.PlainBotToken);
        await socket.UntilMessagesAsync(3);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(1400));
        Assert.True(stage.Sandbox.Mattermost.RevokeToken(stage.PlainBotToken));
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        stage.Sandbox.Mattermost.Post("admin", "town-square", "after revoke +1s");
        stage.Clock.Advance(TimeSpan.FromSeconds(12));
        stage.Sandbox.Mattermost.Post("admin", "town-square", "after revoke +13s");
        await socket.UntilMessagesAsync(5);
        await socket.SendAsync("""{"seq":2,"action":"get_statuses"}""");
        return socket;
    }

    /// <summary>Two connections of one bot, one of which leaves pings unanswered. Meanwhile the bot creates a channel
    /// and posts a file.</summary>
    private static async Task<(RawSocket Answering, RawSocket Silent)> TwoClientsAsync(SessionStage stage)
    {
        var token = stage.Sandbox.BotToken;
        var answering = await stage.OpenAsync(token);
        await answering.UntilMessagesAsync(3);
        var silent = await stage.OpenAsync(token, answersPings: false);
        await silent.UntilMessagesAsync(2);

        var world = stage.Sandbox.Mattermost;
        Assert.Equal(
            201,
            (
                await stage.Client.PostAsync(
                    "/api/v4/channels",
                    new
                    {
                        team_id = world.Team("panw").Id,
                        name = "curl-3428",
                        display_name = "Curl 3428",
                        type = "O",
                    },
                    token
                )
            ).Status
        );
        var test = world.Channel("test").Id;
        var upload = await stage.Client.PostAsync(
            $"/api/v4/files?channel_id={test}&filename=up.txt",
            "upload me\n",
            token
        );
        var file = upload.Json.GetProperty("file_infos")[0].GetProperty("id").GetString();
        Assert.Equal(
            201,
            (
                await stage.Client.PostAsync(
                    "/api/v4/posts",
                    new
                    {
                        channel_id = test,
                        message = "curl post",
                        file_ids = new[] { file },
                    },
                    token
                )
            ).Status
        );
        await answering.UntilMessagesAsync(6);
        await silent.UntilMessagesAsync(5);

        stage.Clock.Advance(TimeSpan.FromSeconds(60));
        await answering.UntilAsync(static sight => sight.Kind == "ping");
        await silent.UntilAsync(static sight => sight.Kind == "ping");
        // Its answer is sent after the pong was received.
        await answering.SendAsync("""{"seq":2,"action":"ping"}""");
        await answering.UntilMessagesAsync(7);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(39_999));
        Assert.Equal(2, world.SocketCount);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.WhenSocketsAsync(static count => count == 1, TestContext.Current.CancellationToken);
        return (answering, silent);
    }

    private static async Task<RawSocket> StopAsync(SessionStage stage, string message)
    {
        var socket = await stage.OpenAsync(stage.Sandbox.BotToken);
        await socket.UntilMessagesAsync(3);
        stage.Sandbox.Mattermost.Post("admin", "test", message);
        await socket.UntilMessagesAsync(4);
        await stage.Sandbox.StopAsync();
        return socket;
    }

    private static async Task<RawSocket> ConnectWhileDownAsync(SessionStage stage)
    {
        await stage.Sandbox.StopAsync();
        return await stage.ConnectInVainAsync();
    }

    private static async Task<RawSocket> ReconnectAsync(SessionStage stage)
    {
        await (await stage.OpenAsync(stage.Sandbox.BotToken)).UntilMessagesAsync(3);
        await stage.Sandbox.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        return await CloseAfterAsync(stage, 3, stage.OpenAsync(stage.Sandbox.BotToken));
    }
}
