using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Sessions;

public sealed class ConnectMattermostTests
{
    [Fact]
    public async Task Shows_whom_it_is_connected_to()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var session = (await scene.InvokeAsync(Scene.Connect + " -NotificationChannel alerts -NoMirroring")).Single();

        Assert.Equal(1, session.Get("Id"));
        Assert.Equal(scene.Sandbox.MattermostUri, session.Get("Uri"));
        Assert.Equal("11.6.0", session.Get("ServerVersion"));
        Assert.Equal("PANW (panw)", session.Get("Team")!.ToString());
        Assert.Equal("@xsoarbot", session.Get("BotUser")!.ToString());
        Assert.Equal("@admin", session.Get("PersonalUser")!.ToString());
        Assert.Equal(scene.Sandbox.XsoarUri, session.Get("XsoarUri"));
        Assert.Equal("6.14.0", session.Get("XsoarVersion"));
        Assert.Equal("alerts", session.Get("NotificationChannel"));
        Assert.Equal(false, session.Get("MirroringEnabled"));
        Assert.Equal(true, session.Get("ListenerEnabled"));
        Assert.Equal(true, session.Get("IsConnected"));
    }

    [Fact]
    public async Task Works_without_xsoar()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var session = (await scene.InvokeAsync(Scene.ConnectWithoutXsoar)).Single();

        Assert.Null(session.Get("XsoarUri"));
        Assert.Equal(0, scene.Sandbox.Calls.CountOf(server: "xsoar"));
    }

    [Fact]
    public async Task Connects_to_xsoar_8_with_a_key_id()
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { XsoarVersion = "8.5.0" }, connect: false);

        Assert.Equal("8.5.0", (await scene.InvokeAsync(Scene.Connect)).Single().Get("XsoarVersion"));
    }

    [Fact]
    public async Task Leaves_out_what_was_copied_around_a_token()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("bot", Scene.Secret(" " + scene.Sandbox.BotToken + "\r\n"));

        (await scene.InvokeAsync(Scene.Connect)).Single();
    }

    [Theory]
    [InlineData("-BotToken", "InvalidBotToken")]
    [InlineData("-PersonalAccessToken", "InvalidPersonalToken")]
    [InlineData("-XsoarApiKey", "InvalidXsoarKey")]
    public async Task Reports_which_token_is_refused(string parameter, string errorId)
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("wrong", Scene.Secret("wrongwrongwrongwrongwrongw"));
        var variable = parameter switch
        {
            "-BotToken" => "$bot",
            "-PersonalAccessToken" => "$personal",
            _ => "$key",
        };

        var result = await scene.InvokeAsync(
            Scene.Connect.Replace($"{parameter} {variable}", $"{parameter} $wrong", StringComparison.Ordinal)
                + " -Verbose"
        );

        result.AssertError(errorId, ErrorCategory.AuthenticationError);
        Assert.DoesNotContain("wrongwrongwrongwrongwrongw", result.AllText(), StringComparison.Ordinal);
        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Output);
    }

    [Fact]
    public async Task Reports_that_the_tokens_are_swapped()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var result = await scene.InvokeAsync(
            Scene
                .Connect.Replace("-BotToken $bot", "-BotToken $personal", StringComparison.Ordinal)
                .Replace("-PersonalAccessToken $personal", "-PersonalAccessToken $bot", StringComparison.Ordinal)
        );

        var error = result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument);
        Assert.Contains(
            "-BotToken is the token of the person @admin, and -PersonalAccessToken that of the bot @xsoarbot",
            error.Exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Output);
    }

    [Fact]
    public async Task A_persons_token_is_refused_as_the_bots_token()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var result = await scene.InvokeAsync(
            Scene.Connect.Replace("-BotToken $bot", "-BotToken $personal", StringComparison.Ordinal)
        );

        var error = result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument);
        Assert.Contains(
            "the token of the person @admin, not that of a bot",
            error.Exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("bot account", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Output);
    }

    [Theory]
    [InlineData("below-a-file", "is a file, not a folder")]
    [InlineData("truncated", "has only 3 bytes")]
    [InlineData("link", "is a symbolic link")]
    public async Task A_state_path_that_cannot_be_used_is_reported_at_once_and_nothing_is_created(
        string kind,
        string why
    )
    {
        await using var scene = await Scene.StartAsync(connect: false);
        var folder = Directory.CreateTempSubdirectory("mmxs-state-");
        try
        {
            var path = Path.Combine(folder.FullName, "state.db");
            if (kind == "link")
                File.CreateSymbolicLink(path, Path.Combine(folder.FullName, "elsewhere"));
            else
                await File.WriteAllTextAsync(path, "abc", TestContext.Current.CancellationToken);
            scene.Engine.Set("state", kind == "below-a-file" ? Path.Combine(path, "state.db") : path);

            var error = Assert.Single((await scene.InvokeAsync(Scene.Connect + " -StatePath $state")).Errors);

            Assert.StartsWith("Store", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
            Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Output);
            // A session that mirrors nothing needs no state file.
            (await scene.InvokeAsync(Scene.ConnectWithoutXsoar + " -StatePath $state")).Succeeded();
            Assert.Equal([path], Directory.GetFileSystemEntries(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Reports_that_the_team_does_not_exist()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("team", "nosuchteam");

        (await scene.InvokeAsync(Scene.Connect)).AssertError("TeamNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public async Task Names_a_web_page_as_a_wrong_host()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Kind = FaultKind.Html,
                Count = 100,
            }
        );

        var error = (await scene.InvokeAsync(Scene.Connect)).AssertError("WrongHost", ErrorCategory.ConnectionError);

        Assert.Contains("web page", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_another_api_as_a_wrong_host()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("uri", scene.Sandbox.XsoarUri.ToString());

        (await scene.InvokeAsync(Scene.Connect)).AssertError("WrongHost", ErrorCategory.ConnectionError);
    }

    [Fact]
    public async Task Follows_no_redirect_to_a_sign_in_page()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Kind = FaultKind.Status,
                Status = 302,
                Location = "https://sso.example.com/login",
                Count = 100,
            }
        );

        var error = (await scene.InvokeAsync(Scene.Connect)).AssertError("WrongHost", ErrorCategory.ConnectionError);

        Assert.Contains("sso.example.com", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_that_nothing_answers()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("uri", $"http://127.0.0.1:{FreePort()}");

        (await scene.InvokeAsync(Scene.Connect)).AssertError("HostUnreachable", ErrorCategory.ConnectionError);
    }

    [Fact]
    public async Task Reports_that_the_answer_takes_too_long()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Kind = FaultKind.Stall,
                Count = 100,
            }
        );

        (await scene.InvokeAsync(Scene.Connect + " -TimeoutSec 1")).AssertError(
            "RequestTimeout",
            ErrorCategory.OperationTimeout
        );
    }

    [Theory]
    [InlineData("chat.example.com")]
    [InlineData("ftp://chat.example.com")]
    public async Task Refuses_what_is_no_address(string address)
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("uri", address);

        (await scene.InvokeAsync(Scene.Connect)).AssertError("InvalidArgument", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public async Task Refuses_an_xsoar_before_6_10()
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { XsoarVersion = "6.9.0" }, connect: false);

        var error = (await scene.InvokeAsync(Scene.Connect)).AssertError("ServerTooOld", ErrorCategory.NotImplemented);

        Assert.Contains("6.10", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wants_the_address_and_the_key_of_xsoar_together()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        (await scene.InvokeAsync(Scene.ConnectWithoutXsoar + " -XsoarUri $xsoar")).AssertError(
            "InvalidArgument",
            ErrorCategory.InvalidArgument
        );
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Kind = FaultKind.Stall,
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin(Scene.Connect);
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        var result = await run.StopAsync();

        Assert.True(result.WasStopped);
        Assert.Empty((await scene.InvokeAsync("Get-MattermostSession")).Output);
    }

    [Fact]
    public async Task Shows_no_token_anywhere()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var connected = await scene.InvokeAsync(
            "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $session = " + Scene.Connect + "; $session"
        );
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.PersonalToken);
        var failed = await scene.InvokeAsync(
            "Test-MattermostConnection; Get-MattermostChannel; Get-MattermostTeam x; " + Scene.Connect
        );
        var shown = await scene.Engine.ShowAsync(
            "$session; $session.psobject.properties | ForEach-Object { $_ }; $error"
        );

        Assert.Single(connected.Succeeded());
        Assert.Contains(connected.Verbose, line => line.Contains("/api/v4/users/me", StringComparison.Ordinal));
        Assert.NotEmpty(failed.Errors);
        scene.AssertNoSecretIn(connected.AllText());
        scene.AssertNoSecretIn(failed.AllText());
        scene.AssertNoSecretIn(shown);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
