using System.Management.Automation;
using System.Reflection;

namespace MattermostXsoar.Loader;

/// <summary>
/// Used by the module's own script: loads the cmdlets into a separate load context, so that the module's versions of
/// Polly, SQLite and so on do not conflict with those of other modules. It is a cmdlet because calling a .NET method
/// from a script takes long in a starting PowerShell: a quarter of the whole import.
/// </summary>
[Cmdlet(VerbsCommon.Open, "MattermostXsoarModule")]
[OutputType(typeof(Assembly))]
public sealed class OpenMattermostXsoarModuleCmdlet : PSCmdlet
{
#if NET
    private const string Build = "net8.0";
#else
    private const string Build = "netstandard2.0";
#endif

    private static readonly Dictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var module = SessionState.Module;
        // Import-Module -Force removes the module but not its nested modules, and would then find no cmdlets to export.
        module.OnRemove = ScriptBlock.Create("param($module) $module.NestedModules | Remove-Module");
        WriteObject(Load(new ModuleFolders(module.ModuleBase, Build)));
    }

    // A second call, e.g. from another runspace, returns the same assembly.
    private static Assembly Load(ModuleFolders folders)
    {
        lock (Loaded)
        {
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
