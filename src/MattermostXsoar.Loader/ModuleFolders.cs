namespace MattermostXsoar.Loader;

/// <summary>The folders of one build of the module.</summary>
internal sealed class ModuleFolders
{
    public ModuleFolders(string moduleRoot, string build)
    {
        var root = Path.GetFullPath(moduleRoot);
        Binaries = Path.Combine(root, "bin", build);
        Dependencies = Path.Combine(root, "deps", build);
        Native = Path.Combine(root, "deps", "native");
        CmdletAssembly = Path.Combine(Binaries, "MattermostXsoar.dll");
    }

    /// <summary>The module's own assemblies.</summary>
    public string Binaries { get; }

    /// <summary>Assemblies of third parties.</summary>
    public string Dependencies { get; }

    /// <summary>A folder per runtime identifier.</summary>
    public string Native { get; }

    public string CmdletAssembly { get; }

    /// <summary>The file for an assembly's simple name, or null if the module does not contain it.</summary>
    public string? Find(string? simpleName)
    {
        if (string.IsNullOrEmpty(simpleName))
            return null;

        var ours = Path.Combine(Binaries, simpleName + ".dll");
        if (File.Exists(ours))
            return ours;

        var theirs = Path.Combine(Dependencies, simpleName + ".dll");
        return File.Exists(theirs) ? theirs : null;
    }

    public bool Contains(string path)
    {
        var folder = Path.GetDirectoryName(path);
        return string.Equals(folder, Binaries, StringComparison.OrdinalIgnoreCase)
            || string.Equals(folder, Dependencies, StringComparison.OrdinalIgnoreCase);
    }
}
