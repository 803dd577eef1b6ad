using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Help;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Recording;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>-WhatIf sends no call that changes something, whatever the cmdlet: shown on the sandbox's record.</summary>
public sealed partial class WhatIfTests
{
    /// <summary>A line for each cmdlet that changes something; in the scene, investigation 2 is mirrored with the
    /// channel test.</summary>
    public static TheoryData<string> Lines =>
        [
            "Add-MattermostChannelMember alerts user1, user2",
            "Add-MattermostGroupMember tier2 user1",
            "Close-MattermostChannel test",
            "Close-MattermostChannel -InvestigationId 2",
            "Disconnect-Mattermost",
            "New-MattermostChannel New new-one",
            "Remove-MattermostChannelMember test user1",
            "Remove-MattermostGroupMember tier1 user1",
            "Send-MattermostFile $file -Channel alerts",
            "Send-MattermostFile -EntryId 96@1 -Message x -To user1, user2",
            "Send-MattermostNotification x -Channel alerts",
            "Send-MattermostNotification x -To user1",
            "Send-MattermostNotification x",
            "Send-MattermostQuestion x -Channel alerts",
            "Send-MattermostQuestion x -To user1, user2",
            "Set-MattermostChannelRole test user1 Admin",
            "Start-MattermostListener",
            "Start-MattermostMirror 1",
            "Start-MattermostMirror 2 -Channel renamed -KickAdmin",
            "Stop-MattermostListener",
            "Stop-MattermostMirror 2 -CloseChannel",
            "Set-MattermostPost $post x -Pinned",
            "Remove-MattermostPost $post",
            "Add-MattermostReaction $post eyes",
            "Remove-MattermostReaction $post eyes",
            "Set-MattermostChannel alerts -Header x -Privacy Private",
            "Restore-MattermostChannel archived",
            "Revoke-MattermostSession user1",
            "Disable-MattermostUser user1",
            "Enable-MattermostUser user1",
            "Send-MattermostNotification -Card -InvestigationId 1 -RootPost $post",
            "Stop-MattermostQuestion 1",
            "Sync-MattermostMirror -All",
            "Test-MattermostConnection",
        ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Nothing_changes(string line)
    {
        await using var scene = await MirrorScene.StartAsync(
            GroupScene.Licensed,
            "-NoListener -NotificationChannel alerts"
        );
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 2 -Channel test -AllowPublic; Send-MattermostQuestion x -Channel test -WarningAction Ignore"
            )
        ).Succeeded();
        var file = Path.Combine(Path.GetDirectoryName(scene.StateFile)!, "report.txt");
        await File.WriteAllTextAsync(file, "evidence", scene.Deadline);
        scene.Scene.Engine.Set("file", file);
        scene.Scene.Engine.Set("post", scene.Sandbox.Mattermost.Post("user1", "alerts", "Hello").Id);
        scene.Sandbox.Mattermost.CreateChannel("admin", "archived", "Archived");
        scene.Sandbox.Mattermost.Archive("archived");
        scene.Sandbox.Calls.Clear();

        var result = await scene.InvokeAsync(line + " -WhatIf");

        result.Succeeded();
        Assert.DoesNotContain(scene.Sandbox.Calls, IsChange);
        Assert.Contains("What if:", result.Screen, StringComparison.Ordinal);
        Assert.Equal("Active", (await scene.InvokeAsync("Get-MattermostMirror")).Single().Get("State")!.ToString());
    }

    [Fact]
    public async Task No_cmdlet_is_forgotten()
    {
        await using var engine = await Engine.StartAsync();
        var changing = (await HelpPages.CmdletsAsync(engine))
            .Where(cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess)
            .Select(cmdlet => cmdlet.Name);

        Assert.Equal(changing.Order(), Lines.Select(line => line.Data.Split(' ')[0]).Distinct().Order());
    }

    private static bool IsChange(CallRecord call) =>
        call.Method != "GET" && !(call.Method == "POST" && Reading().IsMatch(call.Path));

    // POST only because the question is too long for an address.
    [GeneratedRegex("^/api/v4/users/(ids|usernames)$|^/(incidents/search|investigation/[^/]+)$")]
    private static partial Regex Reading();
}
