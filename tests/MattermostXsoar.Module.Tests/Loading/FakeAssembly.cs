using System.Reflection;
using System.Reflection.Emit;

namespace MattermostXsoar.Module.Tests.Loading;

/// <summary>Writes an assembly that has another's name and key, another version, and nothing inside.</summary>
internal static class FakeAssembly
{
    public static void Write(string original, Version version, string folder)
    {
        var name = AssemblyName.GetAssemblyName(original);
        name.Version = version;
        var builder = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        builder.DefineDynamicModule(name.Name!);
        builder.Save(Path.Combine(folder, name.Name + ".dll"));
    }
}
