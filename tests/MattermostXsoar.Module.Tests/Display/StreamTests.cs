using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>Hostile names in every stream: errors, warnings, -Verbose, -WhatIf and progress.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-streams-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Get-MattermostChannel $hostile")]
    [InlineData("Get-MattermostTeam $hostile")]
    [InlineData("Get-MattermostUser $hostile")]
    [InlineData("Get-MattermostUser -Channel $hostile")]
    [InlineData("Get-MattermostUserChannel $hostile")]
    [InlineData("Get-MattermostGroupMember $hostile")]
    [InlineData("Add-MattermostChannelMember test $hostile")]
    [InlineData("Add-MattermostChannelMember $hostile user1")]
    [InlineData("Set-MattermostChannelRole test $hostile Admin")]
    [InlineData("Close-MattermostChannel $hostile")]
    [InlineData("Send-MattermostNotification m -Channel $hostile")]
    [InlineData("Send-MattermostNotification m -To $hostile")]
    [InlineData("Send-MattermostNotification m -Channel test -MessageType $hostile")]
    [InlineData("Get-MattermostChannel named | Send-MattermostNotification -Channel test")]
    [InlineData("Send-MattermostFile $hostile -Channel test")]
    [InlineData("Send-MattermostFile -EntryId $hostile -Message m -Channel test")]
    [InlineData("Send-MattermostFile -LiteralPath \"$folder/$hostile\" -Channel test -Message m -Verbose")]
    [InlineData("Send-MattermostFile -LiteralPath \"$folder/$hostile\" -Channel test -WhatIf")]
    [InlineData("Start-MattermostMirror $hostile -WhatIf")]
    [InlineData("Start-MattermostMirror 1 -Channel $hostile -WhatIf")]
    [InlineData("Stop-MattermostMirror $hostile")]
    [InlineData("Sync-MattermostMirror $hostile")]
    [InlineData("New-MattermostChannel $hostile new1 -WhatIf")]
    [InlineData("New-MattermostChannel $hostile new2 -Verbose; New-MattermostChannel $hostile new2 -Verbose")]
    [InlineData("Close-MattermostChannel named -WhatIf")]
    [InlineData("Remove-MattermostGroupMember tier1 $hostile")]
    [InlineData("Get-MattermostGroup $hostile -Verbose")]
    [InlineData("Connect-Mattermost -ConfigurationPath $configuration")]
    [InlineData("Connect-Mattermost -ConfigurationPath $hostile")]
    public async Task Nothing_is_shown_as_it_is(string script)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Engine.Set("hostile", HostileText.Value);
        scene.Engine.Set("folder", _folder.FullName);
        var configuration = Path.Combine(_folder.FullName, "configuration.json");
        scene.Engine.Set("configuration", configuration);
        await File.WriteAllTextAsync(
            configuration,
            System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [HostileText.Value] = "x" }),
            TestContext.Current.CancellationToken
        );
        if (script.Contains("LiteralPath", StringComparison.Ordinal))
            await File.WriteAllTextAsync(
                Path.Combine(_folder.FullName, HostileText.Value),
                "content",
                TestContext.Current.CancellationToken
            );
        scene.Sandbox.Mattermost.CreateChannel("admin", "named", "x").Name = "named";
        scene.Sandbox.Mattermost.CreateChannel("admin", "other", HostileText.Value);

        var screen = await scene.Engine.ShowAsync("$ErrorView = 'NormalView'; " + script);
        var result = await scene.InvokeAsync(script);

        AssertClean(result, screen);
    }

    [Fact]
    public async Task A_server_s_own_error_is_shown_visibly()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 400,
                Body = System.Text.Json.JsonSerializer.Serialize(
                    new
                    {
                        id = "api.some.error",
                        message = HostileText.Value,
                        status_code = 400,
                    }
                ),
            }
        );

        var result = await scene.InvokeAsync("Get-MattermostUser user1 -Verbose");

        Assert.Contains(HostileText.Shown, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        AssertClean(result, "");
    }

    [Fact]
    public async Task The_target_of_an_error_is_the_item_as_it_is()
    {
        await using var scene = await Scene.StartAsync();
        scene.Engine.Set("hostile", HostileText.Value);

        var error = Assert.Single((await scene.InvokeAsync("Get-MattermostChannel $hostile")).Errors);

        Assert.Equal(HostileText.Value, error.TargetObject.ToString());
        Assert.Contains(HostileText.Shown, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(HostileText.Shown, error.CategoryInfo.TargetName);
    }

    private static void AssertClean(EngineResult result, string screen)
    {
        string?[] texts =
        [
            .. result.Errors.SelectMany(error =>
                new[]
                {
                    error.ToString(),
                    error.Exception.ToString(),
                    error.ErrorDetails?.Message,
                    error.ErrorDetails?.RecommendedAction,
                    error.CategoryInfo.ToString(),
                }
            ),
            .. result.Warnings,
            .. result.Verbose,
            .. result.Debug,
            .. result.Information,
            .. result.Progress.SelectMany(progress =>
                new[] { progress.Activity, progress.StatusDescription, progress.CurrentOperation }
            ),
            result.Screen,
            screen,
        ];
        foreach (var text in texts)
            HostileText.AssertNotIn(text);
    }
}
