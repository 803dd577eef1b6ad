using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>The recorded answers of a real server.</summary>
internal static class Recorded
{
    private static readonly string Folder = Find();

    public static JsonElement Load(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Module.sln")))
                return Path.Combine(folder.FullName, "tests", "recorded", "mattermost");
        }
        throw new DirectoryNotFoundException("Module.sln is in none of the folders above the tests");
    }
}
