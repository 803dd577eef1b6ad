using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>The secrets that clients use, and their revocation while clients are connected.</summary>
public sealed class SandboxTokens
{
    private readonly string _admin;
    private readonly string _bot;
    private MattermostWorld _mattermost = null!;
    private XsoarWorld _xsoar = null!;

    internal SandboxTokens(SandboxSeed seed) => (_admin, _bot) = (seed.Admin, seed.Bot);

    /// <summary>The bot's token.</summary>
    public string Bot { get; private set; } = Ids.New();

    /// <summary>The administrator's personal access token.</summary>
    public string Personal { get; private set; } = Ids.New();

    /// <summary>The XSOAR API key.</summary>
    public string XsoarApiKey { get; private set; } = "";

    /// <summary>Revokes a secret: Mattermost answers 401 (open websockets go on), XSOAR 403, or 401 on 8.x.</summary>
    public void Revoke(SandboxToken token)
    {
        if (token == SandboxToken.XsoarApiKey)
            _xsoar.RollApiKey();
        else
            _mattermost.RevokeToken(token == SandboxToken.Bot ? Bot : Personal);
    }

    /// <summary>Restores a revoked secret, as if it had never been revoked.</summary>
    public void Restore(SandboxToken token)
    {
        if (token == SandboxToken.XsoarApiKey)
            _xsoar.RestoreApiKey(XsoarApiKey);
        else if (token == SandboxToken.Bot)
            _mattermost.RestoreToken(Bot, _bot);
        else
            _mattermost.RestoreToken(Personal, _admin);
    }

    /// <summary>Replaces a secret, which is invalid from now on, and returns the new one.</summary>
    public string Renew(SandboxToken token)
    {
        if (token == SandboxToken.XsoarApiKey)
            return XsoarApiKey = _xsoar.RollApiKey();
        Revoke(token);
        if (token == SandboxToken.Bot)
            Bot = Ids.New();
        else
            Personal = Ids.New();
        Restore(token);
        return token == SandboxToken.Bot ? Bot : Personal;
    }

    /// <summary>Makes the same secrets valid on servers that have just been seeded.</summary>
    internal void Plant(MattermostWorld mattermost, XsoarWorld xsoar)
    {
        (_mattermost, _xsoar) = (mattermost, xsoar);
        if (XsoarApiKey.Length == 0)
            XsoarApiKey = xsoar.ApiKey;
        foreach (var token in Enum.GetValues<SandboxToken>())
            Restore(token);
    }
}
