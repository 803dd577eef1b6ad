using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>Where a type is found: its folder is its namespace, and its file has its name and no other type.</summary>
public sealed class FileLayoutTests
{
    // Files that may differ, each with its reason.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["src/MattermostXsoar.HelpBuilder/Program.cs"] = "Top-level statements: no namespace and no type.",
        ["src/MattermostXsoar.QuickStart/Program.cs"] = "Top-level statements: no namespace and no type.",
        ["src/MattermostXsoar.Sandbox/Program.cs"] = "Top-level statements: no namespace and no type.",
    };

    private static readonly IReadOnlyList<SourceFile> Files = RepositoryFiles
        .Sources.Where(file => !Exceptions.ContainsKey(file.Path))
        .ToList();

    [Fact]
    public void A_folder_is_a_namespace()
    {
        var others = Files.Where(file => file.Namespace != file.FolderAsNamespace).ToList();

        Assert.NotEmpty(Files);
        Assert.True(
            others.Count == 0,
            string.Join(
                "\n",
                others.Select(file => $"{file.Path}: the namespace is {file.Namespace ?? "not file-scoped"}.")
            )
        );
    }

    [Fact]
    public void A_file_has_one_type_and_its_name()
    {
        var others = Files.Where(file => !IsNamedAfterItsType(file)).ToList();

        Assert.True(
            others.Count == 0,
            string.Join("\n", others.Select(file => $"{file.Path} declares {string.Join(", ", file.Types)}."))
        );
    }

    /// <summary>The two above see every type, however it is written: the compiler lists them.</summary>
    [Fact]
    public void The_sources_declare_every_type_of_Core()
    {
        var declared = RepositoryFiles
            .Sources.SelectMany(file => file.Types.Select(type => $"{file.Namespace}.{type}"))
            .ToHashSet(StringComparer.Ordinal);
        var compiled = AssemblyUses
            .Core.Types.Where(type => type.StartsWith("MattermostXsoar.", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(compiled);
        Assert.Subset(declared, compiled);
    }

    [Fact]
    public void Each_exception_is_needed() =>
        Assert.All(
            Exceptions.Keys,
            path =>
                Assert.Contains(
                    RepositoryFiles.Sources,
                    file =>
                        file.Path == path && (file.Namespace != file.FolderAsNamespace || !IsNamedAfterItsType(file))
                )
        );

    // A partial type may have further files: MattermostWorld.cs and MattermostWorld.Channels.cs.
    private static bool IsNamedAfterItsType(SourceFile file) =>
        file.Types is [var type]
        && (
            file.Name == type
            || (
                file.IsPartial
                && file.Name.StartsWith(type + ".", StringComparison.Ordinal)
                && RepositoryFiles.Exists($"{Path.GetDirectoryName(file.Path)}/{type}.cs")
            )
        );
}
