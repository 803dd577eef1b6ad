#if !NET
using System.Reflection;
using System.Runtime.InteropServices;

namespace MattermostXsoar.Loader;

/// <summary>
/// Directs the DllImports of the SQLite provider to the native file in the module's folders, for the netstandard2.0
/// build.
/// </summary>
internal static class NativeLibraryBridge
{
    private const string Provider = "SQLitePCLRaw.provider.e_sqlite3";
    private const string Library = "e_sqlite3";

    public static void Prepare(Assembly assembly, string nativeFolder)
    {
        if (assembly.GetName().Name != Provider)
            return;

        // On the modern runtime an assembly can have a resolver; netstandard2.0 does not contain the method.
        var nativeLibrary = typeof(object).Assembly.GetType("System.Runtime.InteropServices.NativeLibrary");
        if (nativeLibrary is null)
            Preload(nativeFolder);
        else
            SetResolver(nativeLibrary, assembly, nativeFolder);
    }

    // .NET Framework has no resolver, but a DllImport uses a library of that name that is loaded already.
    private static void Preload(string nativeFolder)
    {
        foreach (var file in NativeFiles.Candidates(nativeFolder, Library))
        {
            if (LoadLibraryEx(file, IntPtr.Zero, LoadWithAlteredSearchPath) != IntPtr.Zero)
                return;
        }
    }

    private static void SetResolver(Type nativeLibrary, Assembly assembly, string nativeFolder)
    {
        var tryLoad = nativeLibrary.GetMethod("TryLoad", [typeof(string), typeof(IntPtr).MakeByRefType()])!;
        IntPtr Resolve(string name, Assembly requester, DllImportSearchPath? searchPath)
        {
            foreach (var file in NativeFiles.Candidates(nativeFolder, name))
            {
                object[] arguments = [file, IntPtr.Zero];
                if ((bool)tryLoad.Invoke(null, arguments)!)
                    return (IntPtr)arguments[1];
            }

            return IntPtr.Zero;
        }

        var setResolver = nativeLibrary.GetMethod("SetDllImportResolver")!;
        var resolverType = setResolver.GetParameters()[1].ParameterType;
        var resolver = (Func<string, Assembly, DllImportSearchPath?, IntPtr>)Resolve;
        setResolver.Invoke(null, [assembly, Delegate.CreateDelegate(resolverType, resolver.Target, resolver.Method)]);
    }

    private const uint LoadWithAlteredSearchPath = 8;

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true, EntryPoint = "LoadLibraryExW")]
    private static extern IntPtr LoadLibraryEx(string fileName, IntPtr reserved, uint flags);
}
#endif
