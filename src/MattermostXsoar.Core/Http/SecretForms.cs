using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>The forms in which a server may return a secret, apart from escaped ones.</summary>
internal static class SecretForms
{
    // Shorter pieces of base64 occur in ordinary words.
    private const int ShortestPiece = 8;

    /// <summary>The secret, its base64, and the part of it that appears in the base64 of a longer text.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[] { secret }
            .Concat(Encoded(bytes))
            .Concat(Enumerable.Range(0, 3).SelectMany(before => Inside(bytes, before)));
    }

    /// <summary>The value of a header for Basic authentication.</summary>
    public static IEnumerable<string> OfBasic(string user, string secret) =>
        Encoded(Encoding.UTF8.GetBytes($"{user}:{secret}"));

    private static IEnumerable<string> Encoded(byte[] bytes)
    {
        var padded = Convert.ToBase64String(bytes);
        var bare = padded.TrimEnd('=');
        return [padded, bare, ForUrls(padded), ForUrls(bare)];
    }

    // Base64 of "user:secret" contains the secret's bits, shifted by the length of what precedes it: three variants.
    // Only the characters that encode nothing but the secret are known.
    private static IEnumerable<string> Inside(byte[] bytes, int before)
    {
        var shifted = new byte[before + bytes.Length];
        bytes.CopyTo(shifted, before);
        var first = before == 0 ? 0 : before + 1;
        var length = (shifted.Length * 8 / 6) - first;
        if (length < ShortestPiece)
            return [];
        var piece = Convert.ToBase64String(shifted).Substring(first, length);
        return [piece, ForUrls(piece)];
    }

    private static string ForUrls(string base64) => base64.Replace('+', '-').Replace('/', '_');
}
