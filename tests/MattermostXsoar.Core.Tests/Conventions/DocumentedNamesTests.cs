using System.Text.RegularExpressions;
using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>What docs/architecture.md names in the code is there under that name.</summary>
public sealed partial class DocumentedNamesTests
{
    // PowerShell and packages have names that look like ours.
    private static readonly string[] OfOthers = ["System.", "Microsoft."];

    private static readonly IReadOnlyList<SourceFile> Files =
    [
        .. RepositoryFiles.Sources,
        .. RepositoryFiles.TestSources,
    ];

    private static readonly string Text = string.Concat(
        RepositoryFiles.ReadLines(RepositoryFiles.Architecture).Select(line => line + "\n")
    );

    [Fact]
    public void Each_type_and_member_exists()
    {
        var types = Files.ToLookup(file => file.Name.Split('.')[0], StringComparer.Ordinal);
        var words = Files.SelectMany(WordsOf).ToHashSet(StringComparer.Ordinal);
        var named = NamePattern()
            .Matches(Text)
            .Select(found => found.Groups["name"].Value)
            .Where(name => !OfOthers.Any(other => name.StartsWith(other, StringComparison.Ordinal)))
            .Distinct()
            .ToList();

        Assert.True(named.Count >= 30, $"Only {named.Count} names were found.");
        Assert.Equal([], named.Where(name => !Exists(name)).ToList());

        // A type with its member, a project, or a word that the code has.
        bool Exists(string name) =>
            name.Split('.') is [var type, var member] && types.Contains(type)
                ? types[type].Any(file => WordsOf(file).Contains(member))
                : words.Contains(name) || Directory.Exists(RepositoryFiles.FullPath("src/" + name));
    }

    [Fact]
    public void Each_file_exists()
    {
        var named = FilePattern().Matches(Text).Select(found => found.Groups["path"].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.Equal(
            [],
            named
                .Where(path =>
                    !RepositoryFiles.Exists(path)
                    && !RepositoryFiles.Exists("docs/" + path)
                    && !RepositoryFiles.Exists("src/" + path)
                    && !RepositoryFiles.Exists("src/MattermostXsoar.Core/" + path)
                    && !Files.Any(file => Path.GetFileName(file.Path) == path)
                )
                .ToList()
        );
    }

    // Not those of comments: an old name may live on there.
    private static IEnumerable<string> WordsOf(SourceFile file) =>
        file
            .Text.Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => WordPattern().Matches(line).Select(found => found.Value));

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(?:\.[A-Z]\w+)*)(?:\(\))?`", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"(?:`|\]\()(?<path>[\w./-]+\.(?:cs|md|props))(?:`|\))", RegexOptions.CultureInvariant)]
    private static partial Regex FilePattern();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
