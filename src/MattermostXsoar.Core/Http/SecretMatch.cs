namespace MattermostXsoar.Core.Http;

/// <summary>Finds a form of a secret at a position in a text, plain or escaped, without allocating.</summary>
internal static class SecretMatch
{
    /// <summary>The shortest beginning of a secret that is recognized at the end of a cut text.</summary>
    public const int ShortestPiece = 4;

    // One kind at a time, since a secret may itself contain what is an escape of another kind; then all, for a text
    // that was escaped several times.
    private static readonly Escaping[] Kinds = [Escaping.Percent, Escaping.Json, Escaping.Html, Escaping.All];

    /// <summary>The length of the longest match, or 0.</summary>
    public static int Length(string text, int start, string form, bool isEscaped, bool isCut)
    {
        var first = text[start];
        var mayBeEscape = isEscaped && EscapedCharacter.MayBegin(first, Escaping.All);
        if (first != form[0] && !mayBeEscape)
            return 0;
        var length = Length(text, start, form, Escaping.None, isCut);
        if (!isEscaped)
            return length;
        foreach (var kind in Kinds)
            length = Math.Max(length, Length(text, start, form, kind, isCut));
        return length;
    }

    private static int Length(string text, int start, string form, Escaping escaping, bool isCut)
    {
        var place = start;
        var matched = 0;
        while (matched < form.Length)
        {
            if (place == text.Length)
                return Piece();
            var escape = EscapedCharacter.Read(text, place, escaping, out var character);
            if (escape > 0)
            {
                var width = Width(form, matched, character);
                if (width == 0)
                    return 0;
                matched += width;
                place += escape;
            }
            else if (
                text[place] == form[matched]
                || (text[place] == '+' && form[matched] == ' ' && (escaping & Escaping.Percent) != 0)
            )
            {
                matched++;
                place++;
            }
            else
            {
                // The text may have been cut within an escape.
                var isTorn =
                    text.Length - place < EscapedCharacter.LongestLength
                    && EscapedCharacter.MayBegin(text[place], escaping);
                return isTorn ? Piece() : 0;
            }
        }

        return place - start;

        int Piece() => isCut && matched >= ShortestPiece ? text.Length - start : 0;
    }

    // The number of chars of the form that this character matches: two for a surrogate pair.
    private static int Width(string form, int place, int character)
    {
        if (character <= char.MaxValue)
            return form[place] == character ? 1 : 0;
        return
            place + 1 < form.Length
            && char.IsSurrogatePair(form, place)
            && char.ConvertToUtf32(form, place) == character
            ? 2
            : 0;
    }
}
