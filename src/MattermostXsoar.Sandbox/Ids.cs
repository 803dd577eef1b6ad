using System.Security.Cryptography;

namespace MattermostXsoar.Sandbox;

/// <summary>Ids as Mattermost makes them: 26 characters of z-base-32 over 128 random bits.</summary>
internal static class Ids
{
    private const string Alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";

    public static string New() =>
        string.Create(
            26,
            0,
            static (span, _) =>
            {
                Span<byte> bytes = stackalloc byte[16];
                RandomNumberGenerator.Fill(bytes);
                int buffer = 0,
                    bits = 0,
                    next = 0;
                foreach (var value in bytes)
                {
                    buffer = ((buffer << 8) | value) & 0xFFFF;
                    bits += 8;
                    while (bits >= 5)
                    {
                        bits -= 5;
                        span[next++] = Alphabet[(buffer >> bits) & 31];
                    }
                }
                span[next] = Alphabet[(buffer << (5 - bits)) & 31];
            }
        );

    /// <summary>The server's own test: 26 letters or digits, whether they are of the alphabet or not.</summary>
    public static bool IsValid(string? id)
    {
        if (id is not { Length: 26 })
            return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        }
        return true;
    }
}
