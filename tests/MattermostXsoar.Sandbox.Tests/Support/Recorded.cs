using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>The recorded answers of a real server.</summary>
internal static class Recorded
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Find();

    public static string Folder { get; } = Path.Combine(Repository, "tests", "recorded", "mattermost");

    /// <summary>The recordings of 11.6.</summary>
    public static string Folder11 { get; } = Path.Combine(Repository, "tests", "recorded", "mattermost-11");

    public static JsonElement Load(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    public static JsonElement Load11(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder11, name + ".json"))).RootElement;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Module.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("Module.sln is in none of the folders above the tests");
    }
}
