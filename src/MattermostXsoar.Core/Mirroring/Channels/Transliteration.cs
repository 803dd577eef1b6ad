using System.Globalization;
using System.Text;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>
/// Writes letters with accents, Cyrillic and Greek letters in the letters a to z, as far as that can be done letter by
/// letter.
/// </summary>
internal static class Transliteration
{
    private static readonly Dictionary<char, string> Letters = Table(
        // Latin letters that Unicode does not decompose.
        "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ħ h ŧ t ŋ ng ƒ f ſ s "
            // Cyrillic; what decomposes (й, ё, ї, ў) comes as its base letter.
            + "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
            + "щ shch ъ - ы y ь - э e ю yu я ya є ye і i ґ g ј j љ lj њ nj ђ dj ћ c џ dz ѕ dz ә a ғ g қ k ң n ө o ұ u "
            + "ү u һ h "
            // Greek.
            + "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
    );

    /// <summary>The text in lower case with its letters transliterated; others stay as they are.</summary>
    public static string ToLatin(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var character in Decompose(text).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark)
                continue;
            if (Letters.TryGetValue(character, out var letters))
                latin.Append(letters);
            else
                latin.Append(character);
        }

        return latin.ToString();
    }

    // Compatibility forms as well: ﬁ is f and i, Ａ is A, ² is 2. Half a surrogate pair cannot be normalized.
    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    // Pairs of a letter and what is written for it; "-" stands for nothing.
    private static Dictionary<char, string> Table(string pairs)
    {
        var parts = pairs.Split(' ');
        var table = new Dictionary<char, string>();
        for (var index = 0; index < parts.Length; index += 2)
            table.Add(parts[index][0], parts[index + 1] == "-" ? "" : parts[index + 1]);
        return table;
    }
}
