#if !NET
using System.Reflection;

namespace MattermostXsoar.Loader;

/// <summary>
/// Windows PowerShell has one application domain for all, so this answers only where nobody else could: for requests
/// that come from our own assemblies, and for files that lie in our own folders.
/// </summary>
internal sealed class ModuleAssemblyResolver
{
    private readonly ModuleFolders _folders;
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);

    private ModuleAssemblyResolver(ModuleFolders folders) => _folders = folders;

    public static ModuleAssemblyResolver Start(ModuleFolders folders)
    {
        var resolver = new ModuleAssemblyResolver(folders);
        AppDomain.CurrentDomain.AssemblyResolve += resolver.OnAssemblyResolve;
        return resolver;
    }

    // LoadFile, not LoadFrom: the latter hands out another module's copy of the same identity, and on the modern
    // runtime refuses a second version of a name.
    public Assembly Load(string file)
    {
        lock (_loaded)
        {
            if (!_loaded.TryGetValue(file, out var assembly))
            {
                assembly = Assembly.LoadFile(file);
                _loaded.Add(file, assembly);
                NativeLibraryBridge.Prepare(assembly, _folders.Native);
            }

            return assembly;
        }
    }

    private Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs args)
    {
        // Windows PowerShell gives no requester when a type is looked up by its full name: then only our own names
        // count.
        var name = new AssemblyName(args.Name);
        var isOurs = args.RequestingAssembly is { IsDynamic: false } requester
            ? _folders.Contains(requester.Location)
            : name.Name is { } simple && simple.StartsWith("MattermostXsoar", StringComparison.Ordinal);

        return isOurs && _folders.Find(name.Name) is { } file ? Load(file) : null;
    }
}
#endif
