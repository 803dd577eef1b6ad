using System.Globalization;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The part of XSOAR's query language that clients use: terms with <c>:</c>, <c>-</c>, <c>and</c>, <c>or</c>, parentheses.</summary>
internal sealed class IncidentQuery
{
    private readonly List<string> _tokens;
    private int _next;

    private IncidentQuery(string text) => _tokens = Tokens(text);

    public static Func<SandboxIncident, bool> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return static _ => true;
        var query = new IncidentQuery(text);
        var test = query.Or();
        return query._next == query._tokens.Count ? test : throw XsoarException.BadRequest($"Cannot parse query: {text}");
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] is '(' or ')')
            {
                tokens.Add(text[i++].ToString());
            }
            else
            {
                var start = i;
                var quoted = false;
                while (i < text.Length && (quoted || !(char.IsWhiteSpace(text[i]) || text[i] == ')' || (text[i] == '(' && i > start && text[i - 1] != ':'))))
                {
                    if (text[i] == '"' && text[i - 1] != '\\')
                        quoted = !quoted;
                    i++;
                }
                tokens.Add(text[start..i]);
            }
        }
        return tokens;
    }

    private Func<SandboxIncident, bool> Or()
    {
        var left = And();
        while (Accept("or"))
        {
            var (first, second) = (left, And());
            left = it => first(it) || second(it);
        }
        return left;
    }

    private Func<SandboxIncident, bool> And()
    {
        var left = Not();
        while (_next < _tokens.Count && _tokens[_next] != ")" && !_tokens[_next].Equals("or", StringComparison.OrdinalIgnoreCase))
        {
            Accept("and");
            var (first, second) = (left, Not());
            left = it => first(it) && second(it);
        }
        return left;
    }

    private Func<SandboxIncident, bool> Not()
    {
        if (_next >= _tokens.Count)
            throw XsoarException.BadRequest("Cannot parse query: it ends too early");
        if (Accept("not"))
            return Negated(Not());
        if (Accept("("))
        {
            var inner = Or();
            return Accept(")") ? inner : throw XsoarException.BadRequest("Cannot parse query: missing )");
        }
        var token = _tokens[_next++];
        return token.StartsWith('-') ? Negated(Term(token[1..])) : Term(token);
    }

    private static Func<SandboxIncident, bool> Negated(Func<SandboxIncident, bool> test) => it => !test(it);

    private bool Accept(string token)
    {
        if (_next >= _tokens.Count || !_tokens[_next].Equals(token, StringComparison.OrdinalIgnoreCase))
            return false;
        _next++;
        return true;
    }

    private static Func<SandboxIncident, bool> Term(string token)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return it => it.Name.Contains(token.Trim('"'), StringComparison.OrdinalIgnoreCase);
        var field = token[..colon];
        var value = token[(colon + 1)..];
        var sign = new string([.. value.TakeWhile(static c => c is '<' or '>' or '=')]);
        value = value[sign.Length..].Trim('"');
        return field.ToLowerInvariant() switch
        {
            "created" => Time(static it => it.CreatedNanoseconds, sign, value),
            "modified" => Time(static it => it.ModifiedNanoseconds, sign, value),
            "closed" => Time(static it => it.ClosedNanoseconds, sign, value),
            "severity" => it => Number(it.Severity, sign, value),
            "id" => it => it.Id == value,
            "status" => it => it.Status == StatusCode(value),
            "owner" or "assignee" => it => Same(it.Owner, value),
            "type" => it => Same(it.Type, value),
            "name" => it => it.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
            // No job runs in the sandbox, and other fields are empty.
            _ => static _ => false,
        };
    }

    private static int StatusCode(string value) => value.ToLowerInvariant() switch
    {
        "pending" => 0,
        "active" => 1,
        "closed" or "done" => 2,
        "archive" or "archived" => 3,
        _ => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) ? code : -1,
    };

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static Func<SandboxIncident, bool> Time(Func<SandboxIncident, long> read, string sign, string value)
    {
        if (!Instant.TryParse(value, out var bound))
            throw XsoarException.BadRequest($"Cannot parse time: {value}");
        return it => Compare(read(it).CompareTo(bound), sign);
    }

    private static bool Number(double number, string sign, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && Compare(number.CompareTo(bound), sign);

    private static bool Compare(int order, string sign) => sign switch
    {
        ">=" => order >= 0,
        ">" => order > 0,
        "<=" => order <= 0,
        "<" => order < 0,
        _ => order == 0,
    };
}
