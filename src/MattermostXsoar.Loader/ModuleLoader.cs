using System.Management.Automation;
using System.Reflection;

namespace MattermostXsoar.Loader;

/// <summary>
/// Opens the module's own home for its assemblies, so that neither our versions of Polly, SQLite and the like
/// disturb other modules nor theirs disturb us.
/// </summary>
public static class ModuleLoader
{
    private static readonly Dictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads the cmdlet assembly. A second call, from another runspace say, gives the same assembly.</summary>
    /// <param name="moduleRoot">The folder of the module's manifest.</param>
    /// <param name="build">The build to load: <c>net8.0</c> or <c>netstandard2.0</c>.</param>
    /// <param name="engine">The module's own <c>$ExecutionContext</c>.</param>
    /// <returns>The assembly to pass to Import-Module.</returns>
    public static Assembly Load(string moduleRoot, string build, EngineIntrinsics engine)
    {
        // Import-Module -Force removes the module but not what is nested in it, and would then find no cmdlets to export.
        engine.SessionState.Module.OnRemove = ScriptBlock.Create("param($module) $module.NestedModules | Remove-Module");
        lock (Loaded)
        {
            var folders = new ModuleFolders(moduleRoot, build);
            if (!Loaded.TryGetValue(folders.Binaries, out var assembly))
            {
#if NET
                assembly = new ModuleLoadContext(folders).LoadFromAssemblyPath(folders.CmdletAssembly);
#else
                assembly = ModuleAssemblyResolver.Start(folders).Load(folders.CmdletAssembly);
#endif
                Loaded.Add(folders.Binaries, assembly);
            }

            return assembly;
        }
    }
}
