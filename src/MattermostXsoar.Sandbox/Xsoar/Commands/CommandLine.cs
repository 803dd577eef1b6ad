using System.Text;

namespace MattermostXsoar.Sandbox.Xsoar.Commands;

/// <summary>A command of the War Room: <c>name key=value key="value with \" in it" key=`value`</c>.</summary>
internal sealed record CommandLine(string Name, IReadOnlyDictionary<string, string> Arguments)
{
    public string this[string name] => Arguments.GetValueOrDefault(name) ?? "";

    /// <summary>Arguments in the text take precedence over separate ones.</summary>
    public static CommandLine Parse(string text, IReadOnlyDictionary<string, string> beside)
    {
        var end = text.IndexOfAny([' ', '\n', '\t']);
        var arguments = new Dictionary<string, string>(beside, StringComparer.OrdinalIgnoreCase);
        for (var i = end < 0 ? text.Length : end; i < text.Length; )
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && text[i] != '=' && !char.IsWhiteSpace(text[i]))
                i++;
            var key = text[start..i];
            if (i < text.Length && text[i] == '=')
                i++;
            arguments[key] = Value(text, ref i);
        }
        return new CommandLine(end < 0 ? text : text[..end], arguments);
    }

    private static string Value(string text, ref int i)
    {
        if (i >= text.Length || text[i] is not ('"' or '`'))
        {
            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
                i++;
            return text[start..i];
        }
        var quote = text[i++];
        var value = new StringBuilder();
        while (i < text.Length && text[i] != quote)
        {
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
                i++;
            value.Append(text[i++]);
        }
        i++;
        return value.ToString();
    }
}
