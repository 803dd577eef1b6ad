#if NET
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MattermostXsoar.Loader;

/// <summary>
/// PowerShell 7: a load context that looks into the module's folders first. Everything else, such as PowerShell itself
/// and the framework, comes from the default context and is shared.
/// </summary>
internal sealed class ModuleLoadContext(ModuleFolders folders) : AssemblyLoadContext("MattermostXsoar")
{
    protected override Assembly? Load(AssemblyName assemblyName) =>
        folders.Find(assemblyName.Name) is { } file ? LoadFromAssemblyPath(file) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var file in NativeFiles.Candidates(folders.Native, unmanagedDllName))
        {
            if (NativeLibrary.TryLoad(file, out var handle))
                return handle;
        }

        return IntPtr.Zero;
    }
}
#endif
