#if !NET
using System.Reflection;

namespace MattermostXsoar.Loader;

/// <summary>
/// Resolves assemblies in Windows PowerShell. It has one application domain for all modules, so only requests from the
/// module's own assemblies are answered, and only with files in the module's own folders.
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

    // LoadFile, not LoadFrom: the latter returns another module's copy of the same identity, and refuses a second
    // version of a name on the modern runtime.
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
        // Windows PowerShell gives no requesting assembly when a type is looked up by its full name: then only the
        // module's own assemblies are resolved.
        var name = new AssemblyName(args.Name);
        var isOurs = args.RequestingAssembly is { IsDynamic: false } requester
            ? _folders.Contains(requester.Location)
            : name.Name is { } simple && simple.StartsWith("MattermostXsoar", StringComparison.Ordinal);

        return isOurs && _folders.Find(name.Name) is { } file ? Load(file) : null;
    }
}
#endif
