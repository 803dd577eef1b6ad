using System.Security.Cryptography;
using System.Text;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Whether a call has the right key: plain on 6.x, with its id on 8.x, and there possibly hashed.</summary>
internal sealed class XsoarKeys(XsoarWorld world)
{
    public bool IsRight(HttpContext http)
    {
        var headers = http.Request.Headers;
        var shown = headers.Authorization.ToString();
        if (world.ApiKeyId is null)
            return shown == world.ApiKey;
        if (headers["x-xdr-auth-id"].ToString() != world.ApiKeyId)
            return false;
        string nonce = headers["x-xdr-nonce"].ToString(),
            time = headers["x-xdr-timestamp"].ToString();
        return nonce.Length > 0 || time.Length > 0
            ? world.Behaviour.KeyKind != XsoarKeyKind.Standard
                && shown.Equals(Hash(world.ApiKey, nonce, time), StringComparison.OrdinalIgnoreCase)
            : world.Behaviour.KeyKind != XsoarKeyKind.Advanced && shown == world.ApiKey;
    }

    /// <summary>How an advanced key is sent: with a nonce of 64 characters and the time in ms since 1970.</summary>
    public static string Hash(string key, string nonce, string time) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key + nonce + time)));
}
