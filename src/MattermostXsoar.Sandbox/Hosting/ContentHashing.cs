using System.Security.Cryptography;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>Computes all digests of a file in one pass.</summary>
internal sealed class ContentHashing : IDisposable
{
    private static readonly HashAlgorithmName[] Names =
    [
        HashAlgorithmName.MD5,
        HashAlgorithmName.SHA1,
        HashAlgorithmName.SHA256,
        HashAlgorithmName.SHA512,
    ];

    private readonly IncrementalHash[] _hashes = [.. Names.Select(IncrementalHash.CreateHash)];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var hash in _hashes)
            hash.AppendData(bytes);
    }

    public ContentHashes Finish()
    {
        string Hex(int index) => Convert.ToHexStringLower(_hashes[index].GetHashAndReset());
        return new ContentHashes(Hex(0), Hex(1), Hex(2), Hex(3));
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            hash.Dispose();
    }
}
