namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>
/// Tracks fenced code blocks line by line, by CommonMark's rule
/// (https://spec.commonmark.org/0.31.2/#fenced-code-blocks): a block is closed by a line of the same character, at
/// least as long, with nothing after it.
/// </summary>
internal sealed class CodeFence
{
    // A longer fence, or the info string after it, is not repeated in every part; the text itself is not changed.
    private const int LongestRun = 64;
    private const int LongestLanguage = 32;

    private char _sign;
    private int _length;

    /// <summary>True while inside a fenced block.</summary>
    public bool IsOpen => _length > 0;

    /// <summary>The line that opened the block, to open it again in the next part; empty outside a block.</summary>
    public string Opening { get; private set; } = "";

    /// <summary>The line that closes the block; empty outside a block.</summary>
    public string Closing => IsOpen ? new string(_sign, _length) : "";

    /// <summary>The state after a line.</summary>
    public CodeFence After(string line)
    {
        var after = (CodeFence)MemberwiseClone();
        after.Take(line);
        return after;
    }

    /// <summary>Processes the next line of the text.</summary>
    /// <returns>True if the line is a fence.</returns>
    public bool Take(string line)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        var body = line.Trim();
        // A tab indents to the fourth column, which makes indented code.
        if (
            indent > 3
            || (indent < line.Length && line[indent] == '\t')
            || body.Length < 3
            || body[0] is not ('`' or '~')
        )
            return false;
        var run = 0;
        while (run < body.Length && body[run] == body[0])
            run++;
        if (run < 3)
            return false;
        if (!IsOpen)
        {
            if (body[0] == '`' && body.IndexOf('`', run) >= 0)
                return false;
            if (run > LongestRun)
                return false;
            (_sign, _length, Opening) = (
                body[0],
                run,
                body.Length - run <= LongestLanguage ? body : body.Substring(0, run)
            );
            return true;
        }

        if (body[0] != _sign || run < _length || run != body.Length)
            return false;
        (_length, Opening) = (0, "");
        return true;
    }
}
