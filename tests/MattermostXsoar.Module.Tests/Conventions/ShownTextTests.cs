using System.Reflection;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>
/// Text for people leaves the module in a few places, each of which makes it visible and masks tokens in it.
/// </summary>
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("new ErrorRecord(", "Errors/ErrorRecords.cs")]
    [InlineData("new CompletionResult(", "Completion/KnownWords.cs", "Completion/SessionCompleter.cs")]
    [InlineData("base.Write", "Cmdlets/AsyncCmdlet.cs")]
    [InlineData("base.Should", "Cmdlets/AsyncCmdlet.cs")]
    [InlineData("WriteDebug(")]
    [InlineData("WriteInformation(")]
    [InlineData("WriteCommandDetail(")]
    [InlineData("ShouldContinue(")]
    [InlineData("WriteProgress(", "Cmdlets/AsyncCmdlet.cs")]
    [InlineData("Host.UI")]
    [InlineData("Console.")]
    public void Only_these_files_show_text(string call, params string[] files)
    {
        var source = Path.Combine(RepositoryRoot, "src", "MattermostXsoar");
        var found = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(source, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .Where(file => file.Text.Contains(call, StringComparison.Ordinal))
            .Select(file => file.Name);

        Assert.Equal(files, found.Order(StringComparer.Ordinal));
    }

    private static string RepositoryRoot { get; } =
        Path.GetFullPath(
            Path.Combine(
                typeof(ShownTextTests)
                    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                    .Single(metadata => metadata.Key == "HelpPages")
                    .Value!,
                "..",
                ".."
            )
        );
}
