using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Sessions;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    [Fact]
    public async Task Takes_the_original_parameter_names()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        var session = (
            await ConnectAsync(
                scene,
                $$"""
                {
                  "url": "{{scene.Sandbox.MattermostUri}}",
                  "bot_access_token": "{{scene.Sandbox.BotToken}}",
                  "personal_access_token": { "password": "{{scene.Sandbox.PersonalToken}}" },
                  "team_name": "panw",
                  "NOTIFICATION_CHANNEL": "alerts",
                  "mirroring": "false",
                  "longRunning": false,
                  "allow_incidents": true,
                  "permitted_notifications": ["incidentOpened", "mentionNew"],
                  "insecure": true,
                  "proxy": false,
                  "incidentType": "Phishing",
                  "allow_chat_command": "owner, Status",
                  "xsoar_url": "{{scene.Sandbox.XsoarUri}}",
                  "xsoar_api_key": "{{scene.Sandbox.XsoarApiKey}}"
                }
                """
            )
        ).Single();

        Assert.Equal("alerts", session.Get("NotificationChannel"));
        Assert.Equal(false, session.Get("MirroringEnabled"));
        Assert.Equal(false, session.Get("ListenerEnabled"));
        Assert.Equal(true, session.Get("AllowExternalIncidents"));
        Assert.Equal(["incidentOpened", "mentionNew"], (IEnumerable<string>)session.Get("PermittedNotification")!);
        Assert.Equal("Phishing", session.Get("IncidentType"));
        Assert.Equal(
            ["Owner", "Status"],
            ((System.Collections.IEnumerable)session.Get("AllowChatCommand")!)
                .Cast<object>()
                .Select(it => it.ToString()!)
        );
        Assert.Equal("6.14.0", session.Get("XsoarVersion"));
    }

    [Theory]
    [InlineData("plain", UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    [InlineData("plain", UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData("plain", UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData("env", UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    public async Task Warns_of_plain_tokens_that_others_may_read(string tokens, UnixFileMode mode, bool warns)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the permissions are not looked up.");
        Assert.SkipUnless(StagedModule.Build == "net8.0", "The module's other build is for Windows.");
        await using var scene = await Scene.StartAsync(connect: false);
        var (bot, personal) = (scene.Sandbox.BotToken, scene.Sandbox.PersonalToken);
        var variables = (Bot: $"BOT_{Guid.NewGuid():N}", Personal: $"PERSONAL_{Guid.NewGuid():N}");
        Environment.SetEnvironmentVariable(variables.Bot, bot);
        Environment.SetEnvironmentVariable(variables.Personal, personal);
        await File.WriteAllTextAsync(
            _path,
            $$"""
            {
              "url": "{{scene.Sandbox.MattermostUri}}",
              "bot_access_token": "{{(tokens == "env" ? "env:" + variables.Bot : bot)}}",
              "personal_access_token": "{{(tokens == "env" ? "env:" + variables.Personal : personal)}}",
              "team_name": "panw"
            }
            """,
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, mode);

        var result = await scene.InvokeAsync($"Connect-Mattermost -ConfigurationPath '{_path}'");

        Assert.Empty(result.Errors);
        Assert.Equal(
            warns ? 1 : 0,
            result.Warnings.Count(text => text.Contains("chmod 600", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Takes_the_names_that_people_see()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        var result = await ConnectAsync(
            scene,
            $$"""
            {
              "Server URL": "{{scene.Sandbox.MattermostUri}}",
              "Bot Access Token": "{{scene.Sandbox.BotToken}}",
              "Personal Access Token": "{{scene.Sandbox.PersonalToken}}",
              "Team Name": "panw",
              "Default Notifications Channel": "test",
              "Enable Incident Mirroring": true,
              "Allow external users to create incidents via DM.": false,
              "Types of Notifications to Send": "incidentOpened, mentionNew",
              "Long running instance. Required for investigation mirroring and direct messages.": true,
              "Trust any certificate (not secure)": false,
              "Use system proxy settings": false
            }
            """
        );

        var session = result.Single();
        Assert.Empty(result.Warnings);
        Assert.Equal("test", session.Get("NotificationChannel"));
        Assert.Equal(["incidentOpened", "mentionNew"], (IEnumerable<string>)session.Get("PermittedNotification")!);
    }

    [Fact]
    public async Task Reads_secrets_from_the_environment_and_from_vaults()
    {
        await using var scene = await Scene.StartAsync(connect: false);
        scene.Engine.Set("botText", scene.Sandbox.BotToken);
        var variable = "MATTERMOST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(variable, scene.Sandbox.PersonalToken + "\n");
        try
        {
            (
                await scene.InvokeAsync(
                    """
                    function global:Get-Secret($Name, $Vault) {
                        if ($Name -eq 'bot' -and $Vault -eq 'ops') { return $bot }
                        if ($Name -eq 'bot') { return $botText }
                        throw "no secret $Name"
                    }
                    """
                )
            ).Succeeded();
            foreach (var reference in new[] { "secret:ops/bot", "secret:bot" })
                (await ConnectAsync(scene, Config(scene, reference, "env:" + variable))).Single();

            var error = (await ConnectAsync(scene, Config(scene, "secret:other", "env:" + variable))).AssertError(
                "InvalidConfiguration",
                ErrorCategory.InvalidArgument
            );
            Assert.Contains("no secret other", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public async Task Reports_a_missing_secret()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var noVault = await ConnectAsync(scene, Config(scene, "secret:bot", "x"));
        var noVariable = await ConnectAsync(scene, Config(scene, "env:NO_SUCH_VARIABLE_HERE", "x"));

        Assert.Contains(
            "SecretManagement",
            noVault.AssertError("InvalidConfiguration", ErrorCategory.InvalidArgument).ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "NO_SUCH_VARIABLE_HERE",
            noVariable.AssertError("InvalidConfiguration", ErrorCategory.InvalidArgument).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Warns_of_a_key_that_means_nothing()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var result = await ConnectAsync(
            scene,
            Config(scene, scene.Sandbox.BotToken, scene.Sandbox.PersonalToken, "\"teamname\": 1")
        );

        result.Single();
        Assert.Contains("'teamname'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_parameters_win()
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var session = (
            await ConnectAsync(
                scene,
                Config(scene, "wrongwrongwrong", scene.Sandbox.PersonalToken, "\"mirroring\": false"),
                " -BotToken $bot -NoMirroring:$false"
            )
        ).Single();

        Assert.Equal(true, session.Get("MirroringEnabled"));
    }

    [Theory]
    [InlineData("[1]", "object")]
    [InlineData("{ \"url\": ", "line 1")]
    [InlineData("{ \"url\": \"http://127.0.0.1\" }", "bot_access_token")]
    [InlineData(
        "{ \"url\": \"http://127.0.0.1\", \"bot_access_token\": \"abcdefghi\", \"personal_access_token\": \"abcdefghi\", \"team_name\": \"t\", \"mirroring\": \"maybe\" }",
        "mirroring"
    )]
    public async Task Names_what_is_wrong_with_a_file(string json, string named)
    {
        await using var scene = await Scene.StartAsync(connect: false);

        var error = (await ConnectAsync(scene, json)).AssertError(
            "InvalidConfiguration",
            ErrorCategory.InvalidArgument
        );

        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_that_there_is_no_file()
    {
        await using var engine = await Engine.StartAsync();

        var result = await engine.InvokeAsync("Connect-Mattermost -ConfigurationPath /no/such/file.json");

        Assert.Contains(
            "file.json",
            result.AssertError("InvalidConfiguration", ErrorCategory.InvalidArgument).ToString(),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => File.Delete(_path);

    private static string Config(Scene scene, string botToken, string personalToken, string? more = null) =>
        $$"""
            {
              "url": "{{scene.Sandbox.MattermostUri}}",
              "bot_access_token": "{{botToken}}",
              "personal_access_token": "{{personalToken}}",
              "team_name": "panw"{{(more is null ? "" : ", " + more)}}
            }
            """;

    private async Task<EngineResult> ConnectAsync(Scene scene, string json, string more = "")
    {
        await File.WriteAllTextAsync(_path, json, TestContext.Current.CancellationToken);
        // Otherwise a warning says who may read it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        scene.Engine.Set("path", _path);
        return await scene.InvokeAsync("Connect-Mattermost -ConfigurationPath $path" + more);
    }
}
