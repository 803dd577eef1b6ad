using System.Text;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>
/// Lets <c>@name</c> be read in the chat without calling anybody: a zero-width space between the sign and the name ends what
/// Mattermost takes for a mention (it splits a text into runs of letters, digits and <c>: . - _ @</c>). Fenced code is left
/// as it is, since Mattermost looks for no mentions there.
/// </summary>
internal sealed class MentionGuard
{
    private const char ZeroWidthSpace = '\u200B';

    private readonly HashSet<string> _allowed;

    /// <summary>Makes a guard.</summary>
    /// <param name="allowed">User names, without <c>@</c>, that may be called; none by default.</param>
    public MentionGuard(IEnumerable<string>? allowed = null)
    {
        _allowed = new HashSet<string>(allowed ?? [], StringComparer.OrdinalIgnoreCase);
    }

    public string Defuse(string text)
    {
        if (text.IndexOf('@') < 0)
            return text;
        var fence = new CodeFence();
        var lines = text.Split('\n');
        var result = new StringBuilder(text.Length + 16);
        // A fence that is never closed may be read otherwise by the server; then nothing counts as code.
        var trustFences = IsBalanced(lines);
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                result.Append('\n');
            var isFence = fence.Take(lines[i].TrimEnd('\r'));
            if (trustFences && fence.IsOpen && !isFence)
                result.Append(lines[i]);
            else
                AppendDefused(result, lines[i]);
        }

        return result.ToString();
    }

    private static bool IsBalanced(string[] lines)
    {
        var fence = new CodeFence();
        foreach (var line in lines)
            fence.Take(line.TrimEnd('\r'));
        return !fence.IsOpen;
    }

    private void AppendDefused(StringBuilder result, string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            result.Append(line[i]);
            if (line[i] == '@' && i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1]) && !IsAllowed(line, i + 1))
                result.Append(ZeroWidthSpace);
        }
    }

    private bool IsAllowed(string line, int start)
    {
        if (_allowed.Count == 0)
            return false;
        var end = start;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '.' or '-' or '_'))
            end++;
        return _allowed.Contains(line.Substring(start, end - start).TrimEnd('.', '-', '_'));
    }
}
