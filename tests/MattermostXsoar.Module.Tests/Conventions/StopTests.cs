using System.Text.RegularExpressions;
using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Help;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>
/// Ctrl+C ends every cmdlet, while both servers take calls and answer none, at once: nothing else ends it before the
/// deadline of <see cref="EngineRun.StopAsync"/>.
/// </summary>
[Trait("Category", "Fault")]
public sealed class StopTests
{
    /// <summary>Lines that wait for a server's answer.</summary>
    public static TheoryData<string> Calling =>
        [
            "Add-MattermostChannelMember alerts user1, user2",
            "Add-MattermostGroupMember tier2 user1",
            "Close-MattermostChannel test",
            "Connect-Mattermost -Uri $uri -BotToken $bot -PersonalAccessToken $personal -Team $team",
            "Get-MattermostChannel -All",
            "Get-MattermostGroup",
            "Get-MattermostGroupMember tier1",
            "Get-MattermostTeam",
            "Get-MattermostUser user1",
            "Get-MattermostUserChannel user1",
            "Get-MattermostPost test -All",
            "Get-MattermostAcknowledgement 8ab3dkfjx7yzfq9h4mwp1ucoty",
            "Set-MattermostPost 8ab3dkfjx7yzfq9h4mwp1ucoty x",
            "Remove-MattermostPost 8ab3dkfjx7yzfq9h4mwp1ucoty -Confirm:$false",
            "Add-MattermostReaction 8ab3dkfjx7yzfq9h4mwp1ucoty eyes",
            "Remove-MattermostReaction 8ab3dkfjx7yzfq9h4mwp1ucoty eyes",
            "Get-XsoarEntry 1",
            "Set-MattermostChannel test -Header x",
            "Restore-MattermostChannel test",
            "Revoke-MattermostSession user1 -Confirm:$false",
            "Disable-MattermostUser user1 -Confirm:$false",
            "Enable-MattermostUser user1 -Confirm:$false",
            "Get-XsoarIncident",
            "New-MattermostChannel New new-one",
            "Remove-MattermostChannelMember test user1",
            "Remove-MattermostGroupMember tier1 user1",
            "Send-MattermostFile -EntryId 96@1 -Message x -To user1",
            "Send-MattermostNotification x -Channel alerts",
            "Send-MattermostQuestion x -Channel alerts",
            "Set-MattermostChannelRole test user1 Admin",
            "Start-MattermostListener -Wait",
            "Start-MattermostMirror 1",
            "Stop-MattermostMirror 2 -CloseChannel",
            "Stop-MattermostQuestion 1",
            "Sync-MattermostMirror -All",
            "Test-MattermostConnection",
        ];

    /// <summary>Lines that need no answer, again and again, and one that waits for what does not come.</summary>
    public static TheoryData<string> Still =>
        [
            "& { while ($true) { $object } } | ConvertTo-MattermostContext",
            "while ($true) { Disconnect-Mattermost -ErrorAction Ignore }",
            "while ($true) { Get-MattermostListener }",
            "while ($true) { Get-MattermostMirror }",
            "while ($true) { Get-MattermostQuestion }",
            "while ($true) { Get-MattermostSession }",
            "while ($true) { Start-MattermostListener }",
            "while ($true) { Stop-MattermostListener }",
            "Wait-MattermostListener",
            "Wait-MattermostQuestion 1",
        ];

    [Theory]
    [MemberData(nameof(Calling))]
    public async Task While_the_servers_stall(string line)
    {
        await using var scene = await StartAsync();
        using var run = scene.Scene.Engine.Begin(line);
        await scene.Sandbox.Calls.WaitForAsync(_ => true, scene.Deadline);

        AssertStopped(await run.StopAsync());
    }

    [Theory]
    [MemberData(nameof(Still))]
    public async Task While_no_answer_is_needed(string line)
    {
        await using var scene = await StartAsync(
            line.StartsWith("Wait", StringComparison.Ordinal) ? "" : "-NoListener",
            mayNotHappen: "these lines ask no server"
        );
        using var run = scene.Scene.Engine.Begin($"'begun'; {line}");
        await run.FirstOutputAsync();

        AssertStopped(await run.StopAsync());
    }

    [Fact]
    public async Task No_cmdlet_is_forgotten()
    {
        await using var engine = await Engine.StartAsync();
        var lines = string.Join('\n', Calling.Concat(Still).Select(line => line.Data));

        var forgotten = (await HelpPages.CmdletsAsync(engine))
            .Select(cmdlet => cmdlet.Name)
            .Where(name => !Regex.IsMatch(lines, $@"\b{name}(?![A-Za-z])"))
            .ToList();

        Assert.Empty(forgotten);
    }

    private static void AssertStopped(EngineResult result) =>
        Assert.True(
            result.WasStopped,
            $"It ended by itself, with the output '{string.Join(" ", result.Output)}' and the errors "
                + $"'{string.Join(" ", result.Errors)}'."
        );

    private static async Task<MirrorScene> StartAsync(string listener = "-NoListener", string? mayNotHappen = null)
    {
        var scene = await MirrorScene.StartAsync(GroupScene.Licensed, $"{listener} -NotificationChannel alerts");
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 2 -Channel test -AllowPublic; Send-MattermostQuestion x -Channel test -WarningAction Ignore; $object = Get-MattermostTeam"
            )
        ).Succeeded();
        scene.Sandbox.Calls.Clear();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                Count = 1_000_000,
                MayNotHappen = mayNotHappen,
            }
        );
        return scene;
    }
}
