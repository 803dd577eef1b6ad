using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>
/// A C# file as its text shows it. The code is laid out by CSharpier and its namespaces are file-scoped, so that a
/// declaration at the beginning of a line is one of a top-level type.
/// </summary>
/// <param name="Path">Its path below the root, with <c>/</c>.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>Its name without folder and <c>.cs</c>.</summary>
    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its folder below <c>src</c> or <c>tests</c>, in the form of a namespace.</summary>
    public string FolderAsNamespace { get; } =
        string.Join('.', System.IO.Path.GetDirectoryName(Path)!.Split('/', '\\').Skip(1));

    public string? Namespace { get; } =
        NamespacePattern().Match(Text) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The top-level types that it declares.</summary>
    public IReadOnlyList<string> Types { get; } =
        TypePattern().Matches(Text).Select(found => found.Groups["name"].Value).ToList();

    /// <summary>Whether every type in it is declared as partial.</summary>
    public bool IsPartial { get; } =
        TypePattern().Matches(Text).All(found => found.Value.Contains(" partial ", StringComparison.Ordinal));

    /// <summary>The namespaces of its using directives; a static one's is that of its type.</summary>
    public IReadOnlyList<string> Usings { get; } =
        UsingPattern().Matches(Text).Select(found => found.Groups[1].Value + found.Groups[2].Value).ToList();

    public static SourceFile Read(string path, string fullPath) =>
        new(path, File.ReadAllText(fullPath).ReplaceLineEndings("\n"));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(
        @"^using (?:static ([\w.]+)\.\w+|([\w.]+));",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex UsingPattern();

    [GeneratedRegex(
        @"^(?:\w+ )*?(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w.<>?,\[\]]+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex TypePattern();
}
