namespace MattermostXsoar.Module.Tests.Sandbox;

/// <summary>The line that the sandbox's program prints, pasted as it is.</summary>
public sealed class PastedLineTests
{
    [Theory]
    [InlineData("6")]
    [InlineData("8")]
    public async Task The_printed_line_connects(string xsoar)
    {
        var (program, printed) = await SandboxProgram.StartAsync("--xsoar", xsoar);
        using (program)
        {
            await using var engine = await Engine.StartAsync();
            var line = printed.Split('\n').Single(it => it.StartsWith("Connect-Mattermost ", StringComparison.Ordinal));

            (await engine.InvokeAsync(line)).Succeeded();

            var team = (await engine.InvokeAsync("Get-MattermostTeam panw")).Single();
            Assert.Equal("panw", team.Get("Name"));
            Assert.All(
                (await engine.InvokeAsync("Test-MattermostConnection")).Output,
                check => Assert.Equal(true, check.Get("Ok"))
            );
            await engine.InvokeAsync("Disconnect-Mattermost");
        }
    }
}
