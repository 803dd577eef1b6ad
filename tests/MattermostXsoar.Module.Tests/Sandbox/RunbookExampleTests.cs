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

        var shown = string.Concat(result.Succeeded().Select(static it => it + "\n"));
        var page = await File.ReadAllTextAsync(
            Path.Combine(StagedModule.HelpPages, "..", "sandbox.md"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains($"```text\n{shown}```", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
