using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Help;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>Of a list, the target of an error is the item that failed.</summary>
public sealed class FailingItemTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-items-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Send-MattermostNotification x -To user1, ghost, user2")]
    [InlineData("Send-MattermostNotification x -To 'user1,ghost,user2'")]
    [InlineData("Send-MattermostFile $file -To user1, ghost, user2")]
    [InlineData("Send-MattermostFile $file, ghost -Channel test")]
    [InlineData("Send-MattermostFile -LiteralPath $file, ghost -Channel test")]
    [InlineData("Send-MattermostFile -EntryId ghost -Message x -Channel test")]
    [InlineData("Get-MattermostTeam panw, ghost")]
    [InlineData("Get-XsoarIncident 1, ghost")]
    [InlineData("Get-XsoarEntry 1, ghost")]
    [InlineData("Get-MattermostPost test, ghost")]
    [InlineData("Get-MattermostPost -Id $post, ghost")]
    [InlineData("Send-MattermostQuestion Really? -To user1, ghost")]
    [InlineData("Set-MattermostPost $post, ghost -Pinned")]
    [InlineData("Remove-MattermostPost $post, ghost -Confirm:$false")]
    [InlineData("Add-MattermostReaction $post, ghost eyes")]
    [InlineData("Remove-MattermostReaction $post, ghost eyes")]
    [InlineData("Get-MattermostAcknowledgement $post, ghost")]
    [InlineData("Set-MattermostChannel test, ghost -Header x")]
    [InlineData("Restore-MattermostChannel test, ghost")]
    [InlineData("Revoke-MattermostSession user1, ghost -Confirm:$false")]
    [InlineData("Disable-MattermostUser user1, ghost -Confirm:$false")]
    [InlineData("Enable-MattermostUser user1, ghost -Confirm:$false")]
    [InlineData("Get-MattermostChannel test, ghost, alerts")]
    [InlineData("Get-MattermostUser user1, ghost, user2")]
    [InlineData("Get-MattermostUser 'user1,ghost'")]
    [InlineData("Get-MattermostUserChannel user1, ghost")]
    [InlineData("Get-MattermostUserChannel -Channel test, ghost")]
    [InlineData("Get-MattermostGroupMember tier1, ghost")]
    [InlineData("Add-MattermostGroupMember tier1 user1, ghost")]
    [InlineData("Remove-MattermostGroupMember tier1 user1, ghost")]
    [InlineData("Add-MattermostGroupMember ghost user1, user2")]
    [InlineData("Add-MattermostChannelMember test user1, ghost")]
    [InlineData("Remove-MattermostChannelMember test user1, ghost")]
    [InlineData("Set-MattermostChannelRole test user1, ghost Admin")]
    [InlineData("Add-MattermostChannelMember ghost user1, user2")]
    [InlineData("Close-MattermostChannel test, ghost -Force")]
    [InlineData("Close-MattermostChannel -InvestigationId 1, ghost -Force")]
    [InlineData("Start-MattermostMirror 2, ghost")]
    [InlineData("Get-MattermostMirror 1, ghost")]
    [InlineData("Get-MattermostMirror 1, ghost -FailedDelivery")]
    [InlineData("Stop-MattermostMirror 1, ghost")]
    [InlineData("Stop-MattermostMirror 1, ghost -CloseChannel -Force")]
    [InlineData("Sync-MattermostMirror 1, ghost")]
    [InlineData("(Get-MattermostTeam), 'ghost' | ConvertTo-MattermostContext")]
    public async Task Is_the_target_of_the_error(string command)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        await scene.InvokeAsync("$session = " + Scene.Connect + " -NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();
        scene.Engine.Set("post", scene.Sandbox.Mattermost.Post("user1", "test", "Hello").Id);
        scene.Engine.Set("file", Path.Combine(_folder.FullName, "file.txt"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "file.txt"),
            "content",
            TestContext.Current.CancellationToken
        );

        var error = (await scene.InvokeAsync(command)).Error();

        Assert.Equal("ghost", error.TargetObject?.ToString());
        Assert.Equal("ghost", error.CategoryInfo.TargetName);
    }

    // Of these a list is sessions, which are objects already, or settings; or numbers, which QuestionTests try.
    private static readonly string[] Others =
    [
        "Connect-Mattermost",
        "Disconnect-Mattermost",
        "Get-MattermostSession",
        "Get-MattermostQuestion",
        "Stop-MattermostQuestion",
        "Wait-MattermostQuestion",
    ];

    [Fact]
    public async Task Every_cmdlet_that_takes_a_list_is_tried()
    {
        await using var engine = await Engine.StartAsync();
        var tried = typeof(FailingItemTests)
            .GetMethod(nameof(Is_the_target_of_the_error))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!)
            .ToList();

        var missing = (await HelpPages.CmdletsAsync(engine))
            .Where(cmdlet => HelpPages.OwnParameters(cmdlet).Any(parameter => parameter.ParameterType.IsArray))
            .Select(cmdlet => cmdlet.Name)
            .Where(name => !tried.Exists(command => command.Contains(name, StringComparison.Ordinal)));

        Assert.Empty(missing.Except(Others));
    }
}
