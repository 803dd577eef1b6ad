using System.Management.Automation;
using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>No stream of any command shows a token: not when the server quotes it in its refusal, not when it is given
/// in the place of a name.</summary>
public sealed class SecrecyTests
{
    private const string EveryStream =
        "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'; ";

    [Theory]
    [InlineData("Get-MattermostTeam panw; Get-MattermostChannel; Get-MattermostChannel x*, y")]
    [InlineData(
        "Get-MattermostUser; Get-MattermostUser user1, user1@example.com, nobody; Get-MattermostUserChannel user1"
    )]
    [InlineData(
        "New-MattermostChannel New new-one; New-MattermostChannel Test test; Close-MattermostChannel test, nosuch"
    )]
    [InlineData(
        "Add-MattermostChannelMember test user1; Remove-MattermostChannelMember test user1; Set-MattermostChannelRole test user2 Admin"
    )]
    [InlineData(
        "Get-MattermostGroup; Get-MattermostGroupMember tier1; Add-MattermostGroupMember tier1 user3; Remove-MattermostGroupMember tier1 user1"
    )]
    public async Task No_stream_shows_a_token(string commands)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var script = EveryStream + commands;

        var fine = await scene.InvokeAsync(script);
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.PersonalToken);
        var refused = await scene.InvokeAsync(script);
        var shown = await scene.Engine.ShowAsync(script + "; $error");

        Assert.NotEmpty(fine.Verbose);
        Assert.NotEmpty(refused.Errors);
        Assert.All(
            refused.Errors,
            error => Assert.StartsWith("InvalidPersonalToken,", error.FullyQualifiedErrorId, StringComparison.Ordinal)
        );
        scene.AssertNoSecretIn(fine.AllText());
        scene.AssertNoSecretIn(refused.AllText());
        scene.AssertNoSecretIn(shown);
    }

    [Theory]
    [InlineData(SandboxToken.Bot)]
    [InlineData(SandboxToken.Personal)]
    [InlineData(SandboxToken.XsoarApiKey)]
    public async Task What_mirrors_listens_and_posts_shows_no_token_while_all_is_well_and_when_one_is_refused(
        SandboxToken refusedToken
    )
    {
        await using var scene = await MirrorScene.StartAsync();
        const string Script =
            EveryStream
            + """
                [IO.File]::WriteAllText("$state.txt", 'a report')
                Send-MattermostNotification Hello -Channel test -PassThru; Send-MattermostFile "$state.txt" -Channel test -PassThru
                $mirror = '1', '2' | Start-MattermostMirror -Type All; $mirror | Sync-MattermostMirror; $mirror
                Get-MattermostMirror; Get-MattermostMirror -FailedDelivery; Get-MattermostListener; Test-MattermostConnection; $session
                Stop-MattermostMirror 2 -CloseChannel; Stop-MattermostListener; Start-MattermostListener; Wait-MattermostListener Connected -TimeoutSec 5
                """;

        var fine = await scene.InvokeAsync(Script);
        Assert.Equal([], fine.Errors.Select(error => error.ToString()));
        scene.Sandbox.Tokens.Revoke(refusedToken);
        var refused = await scene.InvokeAsync(Script);
        var shown = await scene.Scene.Engine.ShowAsync(
            Script + "; $error; Get-MattermostMirror | Select-Object *; Get-MattermostListener | Select-Object *"
        );

        Assert.NotEmpty(fine.Verbose);
        Assert.NotEmpty(refused.Errors);
        scene.Scene.AssertNoSecretIn(fine.AllText());
        scene.Scene.AssertNoSecretIn(refused.AllText());
        scene.Scene.AssertNoSecretIn(shown);
    }

    // The typed line itself is PowerShell's to show; so the token comes in a variable, as it would from a vault.
    [Theory]
    [InlineData("Get-MattermostTeam $token")]
    [InlineData(
        "Get-MattermostPost -Id $token; Get-MattermostPost $token; Get-XsoarEntry $token; Set-MattermostPost $token x"
    )]
    [InlineData(
        "Set-MattermostChannel $token -Header x; Restore-MattermostChannel $token; Disable-MattermostUser $token -Confirm:$false"
    )]
    [InlineData("Add-MattermostReaction $token eyes; Send-MattermostNotification x -RootPost $token")]
    [InlineData("Get-XsoarIncident $token; Get-XsoarIncident -Name \"[$token\"")]
    [InlineData("Get-MattermostChannel $token")]
    [InlineData("Get-MattermostChannel -Team $token")]
    [InlineData("Get-MattermostUser $token")]
    [InlineData("Get-MattermostUser \"$token@example.com\"")]
    [InlineData("Get-MattermostUser -Channel $token")]
    [InlineData("Get-MattermostUserChannel $token")]
    [InlineData("Close-MattermostChannel $token")]
    [InlineData("New-MattermostChannel $token ($token + '/')")]
    [InlineData("Add-MattermostChannelMember test $token; Add-MattermostChannelMember $token user1")]
    [InlineData("Remove-MattermostChannelMember test $token")]
    [InlineData("Set-MattermostChannelRole test $token Admin; Set-MattermostChannelRole $token user1 Admin")]
    [InlineData("Get-MattermostGroup $token; Get-MattermostGroupMember $token")]
    [InlineData(
        "Add-MattermostGroupMember tier1 $token; Remove-MattermostGroupMember tier1 $token; Add-MattermostGroupMember $token user1"
    )]
    [InlineData("Send-MattermostNotification Hello -Channel $token; Send-MattermostNotification Hello -To $token")]
    [InlineData(
        "Send-MattermostQuestion x -Channel $token; Send-MattermostQuestion x -To $token; Send-MattermostQuestion x -Answerer $token"
    )]
    [InlineData("Send-MattermostFile $token -Channel test; Send-MattermostFile -EntryId $token -Channel test")]
    [InlineData(
        "Start-MattermostMirror $token; Start-MattermostMirror 7 -Team $token; Start-MattermostMirror 7 -Channel ($token + '/')"
    )]
    [InlineData(
        "Get-MattermostMirror $token; Get-MattermostMirror -Channel $token; Stop-MattermostMirror $token; Sync-MattermostMirror $token"
    )]
    public async Task A_token_in_the_place_of_a_name_is_not_shown(string commands)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        foreach (var token in new[] { scene.Sandbox.BotToken, scene.Sandbox.PersonalToken, scene.Sandbox.XsoarApiKey })
        {
            scene.Engine.Set("token", token);
            var result = await scene.InvokeAsync(EveryStream + commands);
            var shown = await scene.Engine.ShowAsync(
                "$ErrorView = 'NormalView'; "
                    + EveryStream
                    + commands
                    + "; $error; $error | Select-Object * ; $error.Clear()"
            );

            Assert.NotEmpty(result.Errors);
            scene.AssertNoSecretIn(result.AllText());
            scene.AssertNoSecretIn(shown);
            foreach (var error in result.Errors)
            {
                scene.AssertNoSecretIn(error.Exception.ToString());
                scene.AssertNoSecretIn(error.CategoryInfo.ToString());
                scene.AssertNoSecretIn(LanguagePrimitives.ConvertTo<string>(error.TargetObject) ?? "");
                scene.AssertNoSecretIn(error.ErrorDetails?.RecommendedAction ?? "");
            }
        }
    }
}
