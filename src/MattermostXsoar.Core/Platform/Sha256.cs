using System.Security.Cryptography;

namespace MattermostXsoar.Core.Platform;

/// <summary>SHA-256 in one call.</summary>
internal static class Sha256
{
#if NET8_0_OR_GREATER
    public static byte[] Of(byte[] data) => SHA256.HashData(data);
#else
    public static byte[] Of(byte[] data)
    {
        using var hash = SHA256.Create();
        return hash.ComputeHash(data);
    }
#endif
}
