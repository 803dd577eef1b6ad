using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>What an example shows, on its page and when it is run, so that both can be compared.</summary>
internal static partial class ExampleText
{
    private const string StatePath = "/var/lib/mattermost-xsoar/127.0.0.1-8065.db";

    /// <summary>What was shown, as it is written on a page: with the addresses and the state file of the pages.</summary>
    public static string OnPage(string shown, Scene scene)
    {
        shown = Address(shown, scene.Sandbox.MattermostUri.Port, "8065");
        shown = Address(shown, scene.Sandbox.XsoarUri.Port, "8443");
        shown = StateFile().Replace(shown, StatePath);
        var lines = shown.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return ManyBlankLines().Replace(string.Join('\n', lines).Trim('\n'), "\n\n");
    }

    /// <summary>A page's code with the addresses and ids of this run.</summary>
    public static string Runnable(string code, Scene scene, IReadOnlyDictionary<string, string> ids)
    {
        foreach (var (onPage, own) in ids)
            code = code.Replace(onPage, $"$({own})", StringComparison.Ordinal);
        return code.Replace("127.0.0.1:8065", $"127.0.0.1:{scene.Sandbox.MattermostUri.Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:8443", $"127.0.0.1:{scene.Sandbox.XsoarUri.Port}", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether two outputs are the same but for what differs in every run: ids, which must be the same ones in the same
    /// places, times, durations, and blank lines. A page may leave text out with <c>…</c>.
    /// </summary>
    public static bool IsSame(string page, string shown)
    {
        var (left, right) = (Normalized(page), Normalized(shown));
        if (!left.Contains('…', StringComparison.Ordinal))
            return left == right;
        var pattern = string.Join(".*", Times().Replace(Ids().Replace(page, "…"), "…").Split('…').Select(Regex.Escape));
        return Regex.IsMatch(shown, $"^{pattern}$", RegexOptions.Singleline);
    }

    /// <summary>The lines of both, with those marked that the other lacks.</summary>
    public static string Difference(string page, string shown)
    {
        var (left, right) = (Normalized(page).Split('\n'), Normalized(shown).Split('\n'));
        return string.Join(
            '\n',
            left.Select(line => (right.Contains(line) ? "    " : "  - ") + line)
                .Append("  is on the page, and this was shown:")
                .Concat(right.Select(line => (left.Contains(line) ? "    " : "  + ") + line))
        );
    }

    /// <summary>A page on which an example has this output.</summary>
    public static string WithOutput(string page, string title, string output)
    {
        var start = page.IndexOf("### " + title + "\n", StringComparison.Ordinal);
        var code = page.IndexOf("```powershell\n", start, StringComparison.Ordinal);
        var end = page.IndexOf("\n```\n", code, StringComparison.Ordinal) + "\n```\n".Length;
        const string Begin = "\n```output\n";
        var rest = page[end..];
        if (rest.StartsWith(Begin, StringComparison.Ordinal))
            rest = rest[(rest.IndexOf("```\n", Begin.Length, StringComparison.Ordinal) + "```\n".Length)..];
        return page[..end] + (output.Length == 0 ? "" : $"{Begin}{output}\n```\n") + rest;
    }

    private static string Normalized(string text)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        text = Ids().Replace(text, id => Number(ids, id.Value));
        text = Times().Replace(text, "<time>");
        text = Durations().Replace(text, "<duration>");
        return string.Join('\n', text.Split('\n').Where(line => line.Length > 0));
    }

    private static string Number(Dictionary<string, string> ids, string id)
    {
        if (!ids.TryGetValue(id, out var number))
            ids.Add(id, number = string.Create(CultureInfo.InvariantCulture, $"<id {ids.Count + 1}>"));
        return number;
    }

    // A column, which has two blanks behind it at least, keeps its width.
    private static string Address(string text, int port, string onPage) =>
        Regex.Replace(
            text,
            $@"127\.0\.0\.1:{port}(/?)( {{2,}})?",
            match =>
                $"127.0.0.1:{onPage}{match.Groups[1].Value}"
                + (
                    match.Groups[2].Success
                        ? new string(' ', match.Groups[2].Length + $"{port}".Length - onPage.Length)
                        : ""
                )
        );

    [GeneratedRegex("(?<![a-z0-9])[a-z0-9]{26}(?![a-z0-9])")]
    private static partial Regex Ids();

    // As PowerShell shows them, ISO 8601, and a server's milliseconds since 1970.
    [GeneratedRegex(
        @"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d( [+-]\d\d:\d\d)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+Z)?|(?<!\d)1[67]\d{11}(?!\d)"
    )]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<!\d)\d+ ms *")]
    private static partial Regex Durations();

    [GeneratedRegex(@"(?<=StatePath +: ).*\.db")]
    private static partial Regex StateFile();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyBlankLines();
}
