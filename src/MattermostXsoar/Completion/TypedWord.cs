namespace MattermostXsoar.Completion;

/// <summary>
/// The word that a person has begun. PowerShell hands it over without its escape characters, and in <c>'</c> or
/// <c>"</c> if it began with any single or double quote.
/// </summary>
internal readonly record struct TypedWord(string Text, bool IsDoubleQuoted, bool IsQuoted)
{
    public static TypedWord Parse(string? word)
    {
        if (word is not { Length: > 0 } || word[0] is not ('\'' or '"'))
            return new TypedWord(word ?? "", false, false);
        var end = word.Length > 1 && word[word.Length - 1] == word[0] ? word.Length - 1 : word.Length;
        return new TypedWord(word.Substring(1, end - 1), word[0] == '"', true);
    }

    /// <summary>The text without the marks of a user (<c>@</c>) or a channel (<c>~</c>).</summary>
    public string Name => Text.TrimStart('@', '~');

    public bool Begins(string text) =>
        text.StartsWith(Text, StringComparison.OrdinalIgnoreCase)
        || text.StartsWith(Name, StringComparison.OrdinalIgnoreCase);
}
