using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>The secrets with which a client gets in, and what becomes of them while it works.</summary>
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

    /// <summary>Makes a secret worthless: Mattermost answers 401 (open websockets go on), XSOAR 403, or 401 on
    /// 8.x.</summary>
    public void Revoke(SandboxToken token)
    {
        if (token == SandboxToken.XsoarApiKey)
            _xsoar.RollApiKey();
        else
            _mattermost.RevokeToken(token == SandboxToken.Bot ? Bot : Personal);
    }

    /// <summary>Makes a revoked secret good again, as if it had never been gone.</summary>
    public void Restore(SandboxToken token)
    {
        if (token == SandboxToken.XsoarApiKey)
            _xsoar.RestoreApiKey(XsoarApiKey);
        else if (token == SandboxToken.Bot)
            _mattermost.RestoreToken(Bot, _bot);
        else
            _mattermost.RestoreToken(Personal, _admin);
    }

    /// <summary>Takes another secret in place of the old one, which is worthless from now on, and returns the new
    /// one.</summary>
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

    /// <summary>Makes the same secrets good on servers that have just been filled.</summary>
    internal void Plant(MattermostWorld mattermost, XsoarWorld xsoar)
    {
        (_mattermost, _xsoar) = (mattermost, xsoar);
        if (XsoarApiKey.Length == 0)
            XsoarApiKey = xsoar.ApiKey;
        foreach (var token in Enum.GetValues<SandboxToken>())
            Restore(token);
    }
}
