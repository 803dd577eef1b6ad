using MattermostXsoar.Module.Tests.Groups;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>No stream of any command shows a token, not even when the server quotes it in its refusal.</summary>
public sealed class SecrecyTests
{
    [Theory]
    [InlineData("Get-MattermostTeam panw; Get-MattermostChannel; Get-MattermostChannel x*, y")]
    [InlineData("Get-MattermostUser; Get-MattermostUser user1, user1@example.com, nobody; Get-MattermostUserChannel user1")]
    [InlineData("New-MattermostChannel New new-one; New-MattermostChannel Test test; Close-MattermostChannel test, nosuch")]
    [InlineData("Add-MattermostChannelMember test user1; Remove-MattermostChannelMember test user1; Set-MattermostChannelRole test user2 Admin")]
    [InlineData("Get-MattermostGroup; Get-MattermostGroupMember tier1; Add-MattermostGroupMember tier1 user3; Remove-MattermostGroupMember tier1 user1")]
    public async Task No_stream_shows_a_token(string commands)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var script = $"$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'; {commands}";

        var fine = await scene.InvokeAsync(script);
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.PersonalToken);
        var refused = await scene.InvokeAsync(script);
        var shown = await scene.Engine.ShowAsync(script + "; $error");

        Assert.NotEmpty(fine.Verbose);
        Assert.NotEmpty(refused.Errors);
        Assert.All(refused.Errors, error => Assert.StartsWith("InvalidPersonalToken,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        scene.AssertNoSecretIn(fine.AllText());
        scene.AssertNoSecretIn(refused.AllText());
        scene.AssertNoSecretIn(shown);
    }
}
