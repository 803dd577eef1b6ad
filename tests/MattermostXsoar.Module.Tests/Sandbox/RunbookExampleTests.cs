namespace MattermostXsoar.Module.Tests.Sandbox;

/// <summary>The example of docs/sandbox.md, as it is there.</summary>
public sealed class RunbookExampleTests
{
    [Fact]
    public async Task The_example_tests_its_runbooks_on_good_and_bad_days()
    {
        await using var engine = await Engine.StartAsync();
        engine.Set("test", Path.GetFullPath(Path.Combine(StagedModule.HelpPages, "..", "examples", "Test-Case.ps1")));
        engine.Set("program", SandboxProgram.Path);

        var result = await engine.InvokeAsync("& $test -Sandbox $program", TimeSpan.FromMinutes(3));

        result.Succeeded();
        Assert.Equal(7, result.Output.Count(static it => it.ToString().StartsWith("ok: ", StringComparison.Ordinal)));
    }
}
