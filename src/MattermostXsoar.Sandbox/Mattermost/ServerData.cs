using System.Text.Json;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>What a fresh server of 11.6 has without anybody's doing: its settings, roles, commands, time zones. As
/// recorded.</summary>
internal static class ServerData
{
    /// <summary>The settings that clients ask for without a token, and the further ones with a token.</summary>
    public static JsonElement ClientConfig { get; } = Load("config-client.json");

    /// <summary>The built-in roles with their permissions.</summary>
    public static JsonElement Roles { get; } = Load("roles.json");

    /// <summary>The built-in slash commands.</summary>
    public static JsonElement Commands { get; } = Load("commands.json");

    public static IReadOnlyList<string> TimeZones { get; } =
        Text("timezones.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The names of the emoji that people react with most; a real server knows some 2,800.</summary>
    public static IReadOnlySet<string> Emoji { get; } =
        Text("emoji.txt").Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private static JsonElement Load(string name) => JsonDocument.Parse(Text(name)).RootElement;

    private static string Text(string name)
    {
        using var stream = typeof(ServerData).Assembly.GetManifestResourceStream("mattermost/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
