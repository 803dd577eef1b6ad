namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>An account to create.</summary>
internal sealed record NewUserRequest(string Username, string Email)
{
    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Nickname { get; init; } = "";

    public string Roles { get; init; } = "system_user";

    public string Password { get; init; } = "";

    /// <summary>The id of a bot's owner; null for a person.</summary>
    public string? BotOwnerId { get; init; }

    public string BotDescription { get; init; } = "";
}
