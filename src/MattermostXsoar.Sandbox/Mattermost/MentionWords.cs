using System.Net;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// The words of a text that may be mentions, found as Mattermost finds them
/// (server/channels/app/mention_parser_standard.go): runs of letters, digits and <c>: . - _ @</c>, without the signs at
/// their ends, and split further at <c>. - :</c> where they do not begin with the at sign. The real server ignores
/// code; here mentions in code count as well, which is stricter.
/// </summary>
internal static class MentionWords
{
    private static readonly char[] Ends = [':', '.', '-', '_'];
    private static readonly char[] Splits = ['.', '-', ':'];

    public static IEnumerable<string> In(string message)
    {
        // The server parses the text as Markdown first, which resolves character references.
        var text = WebUtility.HtmlDecode(message.Replace("&commat;", "@", StringComparison.Ordinal));
        foreach (var run in Runs(text))
        {
            // ':word:' counts as an emoji.
            if (run[0] == ':' && run[^1] == ':')
                continue;
            var word = run.TrimStart(Ends);
            if (word.StartsWith('@'))
            {
                yield return word;
                var shorter = word;
                while (shorter.Length > 1 && Ends.Contains(shorter[^1]))
                {
                    shorter = shorter[..^1];
                    yield return shorter;
                }
            }
            else if (word.Contains('@'))
            {
                foreach (
                    var part in word.Split(Splits, StringSplitOptions.RemoveEmptyEntries)
                        .Where(static part => part[0] == '@')
                )
                    yield return part;
            }
        }
    }

    private static IEnumerable<string> Runs(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isPart =
                i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is ':' or '.' or '-' or '_' or '@');
            if (isPart && start < 0)
                start = i;
            if (isPart || start < 0)
                continue;
            yield return text[start..i];
            start = -1;
        }
    }
}
