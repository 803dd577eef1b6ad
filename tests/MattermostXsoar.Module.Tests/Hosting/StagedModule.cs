using System.Reflection;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>Where the build laid out the module, and which of its two builds this test process tries.</summary>
internal static class StagedModule
{
    public static string Manifest { get; } = Metadata("ModuleManifest");

    public static string Root { get; } = Path.GetDirectoryName(Manifest)!;

    public static string Build { get; } = Metadata("ModuleBuild");

    /// <summary>The edition that the build is for; the module takes it as its argument.</summary>
    public static string Edition { get; } = Build == "net8.0" ? "Core" : "Desktop";

    public static string PowerShellHost { get; } = Path.GetFullPath(Metadata("PowerShellHost"));

    public static string HelpPages { get; } = Path.GetFullPath(Metadata("HelpPages"));

    public static string CommandsFile { get; } = Metadata("CommandsFile");

    private static string Metadata(string key) =>
        typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
