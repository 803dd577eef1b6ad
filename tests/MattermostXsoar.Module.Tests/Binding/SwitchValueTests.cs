using System.Management.Automation;
using MattermostXsoar.Module.Tests.Help;

namespace MattermostXsoar.Module.Tests.Binding;

/// <summary>A playbook's <c>true</c> or <c>false</c> behind a switch.</summary>
public sealed class SwitchValueTests
{
    [Theory]
    [InlineData("Start-MattermostMirror 1 -KickAdmin true", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror 1 -AutoClose false", "-AutoClose:$false")]
    [InlineData("mirror-investigation -InvestigationId 1 -autoclose 'False' -direction Both", "-autoclose:$false")]
    [InlineData("Start-MattermostMirror -KickAdmin true 1", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror 1 `\n  -KickAdmin `\n  true", "-KickAdmin:$true")]
    [InlineData("(Start-MattermostMirror 1 -KickAdmin true).State", "-KickAdmin:$true")]
    [InlineData("if ($true) { $mirror = Start-MattermostMirror 1 -KickAdmin true }; 5 | Out-Null", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror 1 -KickAdmin $true", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror 1 -Kick $false", "-Kick:$false")]
    [InlineData("$flag = $false; Start-MattermostMirror 1 -KickAdmin $flag", "-KickAdmin:$flag")]
    [InlineData("$flag = 'true'; Start-MattermostMirror 1 -KickAdmin $flag", "-KickAdmin:($flag -eq 'true')")]
    [InlineData("& { param($flag) Start-MattermostMirror 1 -KickAdmin $flag } false", "-KickAdmin:($flag -eq 'true')")]
    [InlineData("1 | Start-MattermostMirror -KickAdmin true", "-KickAdmin:$true")]
    [InlineData("Get-MattermostChannel -IncludePrivate true", "-IncludePrivate:$true")]
    [InlineData("mattermost-list-channels -include_private_channels false", "-include_private_channels:$false")]
    [InlineData("Get-MattermostUser -All true", "-All:$true")]
    [InlineData("Sync-MattermostMirror -All true", "-All:$true")]
    [InlineData("Stop-MattermostMirror -CloseChannel $true", "-CloseChannel:$true")]
    [InlineData("Close-MattermostChannel test -WhatIf false", "-WhatIf:$false")]
    [InlineData("Get-MattermostTeam -Verbose true", "-Verbose:$true")]
    [InlineData("Set-MattermostChannelRole test user1 -PassThru true", "-PassThru:$true.")]
    [InlineData("Wait-MattermostListener -Verbose true", ":$true")]
    [InlineData("Get-MattermostSession -Verbose $true", ":$true")]
    [InlineData("Get-MattermostTeam | ConvertTo-MattermostContext -AsJson true", "-AsJson:$true")]
    [InlineData("send-notification hi -to user1 -ignore_add_url true", null)]
    [InlineData("send-notification hi -to user1 -IgnoreAddUrl true", "-IgnoreAddUrl:$true")]
    [InlineData("Connect-Mattermost -ConfigurationPath x -NoListener true", "-NoListener:$true")]
    [InlineData("Disconnect-Mattermost -Confirm false", ":$false")]
    [InlineData("Get-MattermostChannel -IncludePrivate $true", "-IncludePrivate:$true")]
    [InlineData("Get-MattermostUser -All $false", "-All:$false")]
    [InlineData("Start-MattermostMirror 1 -KickAdmin yes", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror 1 -AutoClose No", "-AutoClose:$false")]
    [InlineData("Start-MattermostMirror 1 -KickAdmin 1", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror -InvestigationId 1 -KickAdmin '1'", "-KickAdmin:$true")]
    [InlineData("Start-MattermostMirror -KickAdmin 0 1 -Type All", "-KickAdmin:$false")]
    [InlineData("$flag = 1; Start-MattermostMirror 1 -KickAdmin $flag", "-KickAdmin:$flag")]
    [InlineData("$flag = 'no'; Start-MattermostMirror 1 -KickAdmin $flag", "-KickAdmin:($flag -eq 'yes')")]
    [InlineData("Get-MattermostSession -Verbose yes", ":$true")]
    public async Task Is_an_error_that_shows_the_right_line(string command, string? right)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command);

        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors);
        if (right is null)
        {
            // No switch of that name: PowerShell's own error stays.
            Assert.Equal("NamedParameterNotFound", result.ErrorId);
            return;
        }

        Assert.Contains("takes no separate value", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(right, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
        Assert.Single((await scene.InvokeAsync("Get-MattermostSession")).Output);
    }

    [Fact]
    public async Task Every_switch_of_every_cmdlet_is_covered()
    {
        await using var scene = await Scene.StartAsync();
        var faults = new List<string>();
        var tried = 0;

        foreach (var cmdlet in await HelpPages.CmdletsAsync(scene.Engine))
        {
            foreach (var set in cmdlet.ParameterSets)
            {
                // What is mandatory would be asked for first.
                var others = string.Join(
                    ' ',
                    set.Parameters.Where(it => it.IsMandatory)
                        .Select(it =>
                            it.ParameterType == typeof(SwitchParameter) ? $"-{it.Name} "
                            : it.ParameterType == typeof(System.Security.SecureString) ? $"-{it.Name} $bot"
                            : it.ParameterType == typeof(long[]) ? $"-{it.Name} 1"
                            : it.Name == "Attachment" ? $"-{it.Name} @{{ text = 'x' }}"
                            : $"-{it.Name} x"
                        )
                );
                var all = set.Parameters.Where(it => it.ParameterType == typeof(SwitchParameter));
                foreach (var name in all.Select(it => it.Name))
                {
                    tried++;
                    var result = await scene.InvokeAsync(
                        $"{cmdlet.Name} {others.Replace($"-{name} ", "", StringComparison.Ordinal)} -{name} true"
                    );
                    if (
                        result.Errors is not [var error]
                        || !error.ToString().Contains($"Write -{name}:$true", StringComparison.Ordinal)
                            && !error.ToString().Contains("-PassThru:$true.", StringComparison.Ordinal)
                    )
                        faults.Add($"{cmdlet.Name} -{name}: {string.Join("; ", result.Errors)}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.InRange(tried, 100, int.MaxValue);
        Assert.Equal(0, scene.Sandbox.Calls.Count);
    }

    [Theory]
    [InlineData("Start-MattermostMirror 1 -KickAdmin -WhatIf")]
    [InlineData("Start-MattermostMirror 1 -KickAdmin:$false -AutoClose:$true -WhatIf")]
    [InlineData("Start-MattermostMirror -KickAdmin 1 -WhatIf")]
    [InlineData("Start-MattermostMirror -AllowedMention user1 -KickAdmin 1 -WhatIf")]
    [InlineData("$id = 1; Start-MattermostMirror -KickAdmin $id -WhatIf")]
    [InlineData("Get-MattermostChannel -IncludePrivate -Name true")]
    [InlineData("Get-MattermostChannel true -IncludePrivate")]
    [InlineData("$switches = @{ KickAdmin = $true; WhatIf = $true }; Start-MattermostMirror 1 @switches")]
    [InlineData("New-MattermostChannel -Name new -DisplayName true -WhatIf")]
    public async Task What_is_right_is_accepted(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "true", "True");

        Assert.Empty((await scene.InvokeAsync(command)).Errors);
    }

    [Theory]
    [InlineData("Start-MattermostMirror 1 other", "PositionalParameterNotFound")]
    [InlineData("Start-MattermostMirror 1 -Kick -Typo true", "NamedParameterNotFound")]
    public async Task Other_errors_are_PowerShells_own(string command, string errorId)
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal(errorId, (await scene.InvokeAsync(command)).ErrorId);
    }
}
