namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>Splits a query into parentheses, minus signs and words; a quoted text is one word.</summary>
internal static class SearchTokens
{
    public static List<string> Read(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length; )
        {
            if (char.IsWhiteSpace(text[i]))
                i++;
            else if (text[i] is '(' or ')' or '-' or '+' or '!')
                Sign(text[i++], tokens);
            else
                tokens.Add(Word(text, ref i));
        }
        return tokens;
    }

    /// <summary>The first colon outside quotes.</summary>
    public static int Colon(string token)
    {
        var quoted = false;
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '"' && (i == 0 || token[i - 1] != '\\'))
                quoted = !quoted;
            else if (token[i] == ':' && !quoted)
                return i;
        }
        return -1;
    }

    public static string Unquoted(string token) =>
        token.Length >= 2 && token[0] == '"' && token[^1] == '"'
            ? token[1..^1]
                .Replace("\\\"", "\"", StringComparison.Ordinal)
                .Replace("\\\\", "\\", StringComparison.Ordinal)
            : token;

    /// <summary>A plus sign has no effect.</summary>
    private static void Sign(char sign, List<string> tokens)
    {
        if (sign != '+')
            tokens.Add(sign == '!' ? "-" : sign.ToString());
    }

    private static string Word(string text, ref int i)
    {
        var start = i;
        var quoted = false;
        for (; i < text.Length; i++)
        {
            if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
                quoted = !quoted;
            else if (!quoted && (char.IsWhiteSpace(text[i]) || text[i] is '(' or ')'))
                break;
        }
        return quoted ? throw XsoarException.BadRequest($"Cannot parse query: {text}") : text[start..i];
    }
}
