using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;

namespace MattermostXsoar.Benchmarks.Importing;

/// <summary>A minimal binary module: an assembly with one cmdlet that does nothing, and its manifest.</summary>
internal static class EmptyModule
{
    private const string ModuleName = "EmptyBinaryModule";

    /// <summary>Writes the module into a folder.</summary>
    /// <returns>The manifest's path.</returns>
    public static string Write(string folder)
    {
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(ModuleName) { Version = new Version(1, 0, 0, 0) },
            typeof(object).Assembly
        );
        var cmdlet = assembly
            .DefineDynamicModule(ModuleName)
            .DefineType(
                ModuleName + ".GetNothingCommand",
                TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class,
                typeof(PSCmdlet)
            );
        cmdlet.DefineDefaultConstructor(MethodAttributes.Public);
        var attribute = typeof(CmdletAttribute).GetConstructor([typeof(string), typeof(string)])!;
        cmdlet.SetCustomAttribute(new CustomAttributeBuilder(attribute, ["Get", "Nothing"]));
        cmdlet.CreateType();
        assembly.Save(Path.Combine(folder, ModuleName + ".dll"));

        var manifest = Path.Combine(folder, ModuleName + ".psd1");
        File.WriteAllText(
            manifest,
            $$"""
            @{
                RootModule           = '{{ModuleName}}.dll'
                ModuleVersion        = '1.0.0'
                GUID                 = '9b8b3f0b-58d3-4b0c-a5c9-6d7c0a3a2f1e'
                PowerShellVersion    = '5.1'
                CompatiblePSEditions = @('Core', 'Desktop')
                FunctionsToExport    = @()
                CmdletsToExport      = @('Get-Nothing')
                VariablesToExport    = @()
                AliasesToExport      = @()
            }
            """
        );
        return manifest;
    }
}
