namespace MattermostXsoar.Sandbox;

/// <summary>The addresses and secrets of a sandbox, for scripts: <c>--json</c> and <c>GET /sandbox/info</c>.</summary>
internal sealed record SandboxInfo
{
    public required Uri MattermostUri { get; init; }

    public required string MattermostVersion { get; init; }

    public required Uri XsoarUri { get; init; }

    public required string XsoarVersion { get; init; }

    public required string Team { get; init; }

    public required string BotToken { get; init; }

    public required string PersonalAccessToken { get; init; }

    public required string XsoarApiKey { get; init; }

    public required string? XsoarApiKeyId { get; init; }

    public required IReadOnlyList<string> Incidents { get; init; }

    /// <summary>The command that connects the module to it, to be pasted into PowerShell.</summary>
    public required string Connect { get; init; }

    private const string Notifications = "alerts";

    public static SandboxInfo Of(SandboxServer sandbox) =>
        new()
        {
            MattermostUri = sandbox.MattermostUri,
            MattermostVersion = sandbox.Options.MattermostVersion,
            XsoarUri = sandbox.XsoarUri,
            XsoarVersion = sandbox.Options.XsoarVersion,
            Team = sandbox.TeamName,
            BotToken = sandbox.BotToken,
            PersonalAccessToken = sandbox.PersonalToken,
            XsoarApiKey = sandbox.Tokens.XsoarApiKey,
            XsoarApiKeyId = sandbox.XsoarApiKeyId,
            Incidents = [.. sandbox.Xsoar.Incidents.Select(static it => it.Id)],
            Connect = ConnectLine(sandbox),
        };

    /// <remarks>Works in every PowerShell, with the engine's own commands only.</remarks>
    private static string ConnectLine(SandboxServer sandbox)
    {
        var line =
            $"Connect-Mattermost -Uri {sandbox.MattermostUri} -Team {Quote(sandbox.TeamName)}"
            + $" -BotToken {Secret(sandbox.BotToken)} -PersonalAccessToken {Secret(sandbox.PersonalToken)}"
            + $" -XsoarUri {sandbox.XsoarUri} -XsoarApiKey {Secret(sandbox.Tokens.XsoarApiKey)}";
        // The channel of the seed that is meant for it; a seed of somebody's own need not have it.
        if (sandbox.Mattermost.Channels.Any(static channel => channel.Name == Notifications))
            line += $" -NotificationChannel {Quote(Notifications)}";
        return sandbox.XsoarApiKeyId is { } id ? $"{line} -XsoarApiKeyId {Quote(id)}" : line;
    }

    private static string Secret(string text) => $"([Net.NetworkCredential]::new('', {Quote(text)}).SecurePassword)";

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
