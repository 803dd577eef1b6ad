using System.Reflection;

namespace MattermostXsoar.QuickStart;

/// <summary>The module that was built and staged with this program.</summary>
internal static class StagedModule
{
    /// <summary>The manifest to import.</summary>
    public static string Manifest =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ModuleManifest")
            .Value!;
}
