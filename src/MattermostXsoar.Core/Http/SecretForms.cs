using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>The forms, besides escaped ones, in which a secret may come back.</summary>
internal static class SecretForms
{
    // Shorter pieces of base64 are found in ordinary words.
    private const int ShortestPiece = 8;

    /// <summary>The secret, its base64, and what is seen of it inside the base64 of something longer.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[] { secret }
            .Concat(Encoded(bytes))
            .Concat(Enumerable.Range(0, 3).SelectMany(before => Inside(bytes, before)));
    }

    /// <summary>What stands in a header for Basic authentication.</summary>
    public static IEnumerable<string> OfBasic(string user, string secret) =>
        Encoded(Encoding.UTF8.GetBytes($"{user}:{secret}"));

    private static IEnumerable<string> Encoded(byte[] bytes)
    {
        var padded = Convert.ToBase64String(bytes);
        var bare = padded.TrimEnd('=');
        return [padded, bare, ForUrls(padded), ForUrls(bare)];
    }

    // Base64 of "user:secret" holds the secret's bits moved by the length of what precedes it, in one of three ways.
    // Only the letters that are the secret's alone are known.
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
