using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Sandbox.Tests.Program;

/// <summary>docs/sandbox.md describes what the program accepts.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Find());

    [Fact]
    public async Task Its_seed_file_is_accepted()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Fence().Match(Page).Groups[1].Value, TestContext.Current.CancellationToken);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = SeedFile.Read(file) });
        File.Delete(file);
        Assert.Equal("I look at it.", sandbox.Xsoar.Entries("1")[0].Contents);
    }

    [Fact]
    public void It_names_every_option_fault_and_way_to_limit()
    {
        var options = Option().Matches(SandboxArguments.Usage).Select(static it => it.Value);
        string[] all = [.. options, .. Enum.GetNames<FaultKind>(), .. Enum.GetNames<RateLimitStyle>()];
        Assert.All(all, name => Assert.Contains($"`{name}", Page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"```json\n(\{\n  ""admin"".*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<=^ +)--[a-z-]+", RegexOptions.Multiline)]
    private static partial Regex Option();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Module.sln")))
            folder =
                folder.Parent
                ?? throw new DirectoryNotFoundException("Module.sln is in none of the folders above the tests");
        return Path.Combine(folder.FullName, "docs", "sandbox.md");
    }
}
