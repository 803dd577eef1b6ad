namespace MattermostXsoar.Sandbox;

/// <summary>One of the secrets.</summary>
public enum SandboxToken
{
    /// <summary>The bot's token.</summary>
    Bot,

    /// <summary>The administrator's personal access token.</summary>
    Personal,

    /// <summary>The XSOAR API key.</summary>
    XsoarApiKey,
}
