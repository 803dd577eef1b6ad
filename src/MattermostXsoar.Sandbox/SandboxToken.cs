namespace MattermostXsoar.Sandbox;

/// <summary>Which secret.</summary>
public enum SandboxToken
{
    /// <summary>The bot's token.</summary>
    Bot,

    /// <summary>The administrator's personal access token.</summary>
    Personal,

    /// <summary>The XSOAR API key.</summary>
    XsoarApiKey,
}
