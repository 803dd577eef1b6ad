using System.Reflection;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>The sources and docs that these tests were built from.</summary>
internal static class RepositoryFiles
{
    /// <summary>The document that the guards compare the code with.</summary>
    public const string Architecture = "docs/architecture.md";

    public static string Root { get; } =
        typeof(RepositoryFiles)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    /// <summary>The C# files below <c>src</c>, without what a build makes.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = Read("src");

    /// <summary>The C# files below <c>tests</c>.</summary>
    public static IReadOnlyList<SourceFile> TestSources { get; } = Read("tests");

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static bool Exists(string path) => File.Exists(FullPath(path));

    public static string[] ReadLines(string path) => File.ReadAllLines(FullPath(path));

    /// <summary>Whether a path is in a folder that builds write to.</summary>
    public static bool IsBuilt(string path) => path.Split('/', '\\').Any(folder => folder is "obj" or "bin");

    private static List<SourceFile> Read(string folder) =>
        Directory
            .EnumerateFiles(FullPath(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !IsBuilt(path))
            .Order(StringComparer.Ordinal)
            .Select(path => SourceFile.Read(path, FullPath(path)))
            .ToList();
}
