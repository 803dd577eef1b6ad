using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>The digests that XSOAR shows of a file, in lower-case hex.</summary>
internal sealed record ContentHashes(string Md5, string Sha1, string Sha256, string Sha512)
{
    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "XSOAR names files by them."
    )]
    [SuppressMessage(
        "Security",
        "CA5351:Do Not Use Broken Cryptographic Algorithms",
        Justification = "XSOAR names files by them."
    )]
    public static ContentHashes Of(ReadOnlySpan<byte> bytes) =>
        new(
            Convert.ToHexStringLower(MD5.HashData(bytes)),
            Convert.ToHexStringLower(SHA1.HashData(bytes)),
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Convert.ToHexStringLower(SHA512.HashData(bytes))
        );
}
