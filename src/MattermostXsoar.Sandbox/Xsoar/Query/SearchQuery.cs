namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>
/// XSOAR's query language as clients write it: terms joined by <c>and</c>, <c>or</c> or only a space, negated by
/// <c>-</c> or
/// <c>not</c>, grouped by parentheses, also behind a field: <c>status:(pending or active)</c>.
/// </summary>
internal sealed class SearchQuery<T>
{
    private readonly List<string> _tokens;
    private readonly Func<SearchTerm, Func<T, bool>> _term;
    private readonly string _text;
    private int _next;

    private SearchQuery(string text, Func<SearchTerm, Func<T, bool>> term)
    {
        _text = text;
        _term = term;
        _tokens = SearchTokens.Read(text);
    }

    /// <summary>The condition of a query; an empty query matches everything.</summary>
    /// <exception cref="XsoarException">400: it cannot be parsed.</exception>
    public static Func<T, bool> Parse(string? text, Func<SearchTerm, Func<T, bool>> term)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim() == "*")
            return static _ => true;
        var query = new SearchQuery<T>(text, term);
        var test = query.Or("");
        return query._next == query._tokens.Count ? test : throw query.Unreadable();
    }

    private string? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    private Func<T, bool> Or(string field)
    {
        var left = And(field);
        while (Accept("or"))
        {
            var (first, second) = (left, And(field));
            left = it => first(it) || second(it);
        }
        return left;
    }

    /// <summary>A space between terms means <c>and</c>; between the values of one field it means <c>or</c>.</summary>
    private Func<T, bool> And(string field)
    {
        var left = Not(field);
        while (Peek is { } next && next != ")" && !next.Equals("or", StringComparison.OrdinalIgnoreCase))
        {
            var isAnd = Accept("and") || field.Length == 0;
            var (first, second) = (left, Not(field));
            left = isAnd ? it => first(it) && second(it) : it => first(it) || second(it);
        }
        return left;
    }

    private Func<T, bool> Not(string field)
    {
        if (Accept("not") || Accept("-"))
            return Negated(Not(field));
        if (Accept("("))
            return Group(field);
        var token = Peek ?? throw Unreadable();
        if (token == ")")
            throw Unreadable();
        _next++;
        if (field.Length > 0)
            return Compare(field, token);
        var colon = SearchTokens.Colon(token);
        if (colon < 0)
            return _term(new SearchTerm("", "", SearchTokens.Unquoted(token)));
        var name = SearchTokens.Unquoted(token[..colon]);
        if (colon < token.Length - 1)
            return Compare(name, token[(colon + 1)..]);
        return Accept("(") ? Group(name) : Compare(name, "");
    }

    private Func<T, bool> Group(string field)
    {
        var inner = Or(field);
        return Accept(")") ? inner : throw Unreadable();
    }

    private Func<T, bool> Compare(string field, string value)
    {
        var sign = new string([.. value.TakeWhile(static c => c is '<' or '>' or '=')]);
        return _term(new SearchTerm(field, sign, SearchTokens.Unquoted(value[sign.Length..])));
    }

    private static Func<T, bool> Negated(Func<T, bool> test) => it => !test(it);

    private bool Accept(string token)
    {
        if (Peek?.Equals(token, StringComparison.OrdinalIgnoreCase) != true)
            return false;
        _next++;
        return true;
    }

    private XsoarException Unreadable() => XsoarException.BadRequest($"Cannot parse query: {_text}");
}
