using System.Text;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// A table of fixed widths in a block of code, as XSOAR sends lists to chats (xsoar-rest.md, section 8). The last column
/// is a link and has no width.
/// </summary>
internal sealed class TextTable
{
    private const string LinkTitle = "Link ";

    private readonly (string Title, int Width)[] _columns;
    private readonly StringBuilder _text = new();

    public TextTable(params (string Title, int Width)[] columns)
    {
        _columns = columns;
        foreach (var (title, width) in columns)
            _text.Append(title.PadRight(width)).Append(" | ");
        _text.Append(LinkTitle).Append('\n');
        for (var i = 0; i < columns.Length; i++)
            _text.Append('=', columns[i].Width + (i == 0 ? 1 : 2)).Append('|');
        _text.Append('=', LinkTitle.Length);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column with a width.</param>
    /// <param name="link">The address in the last column.</param>
    public void Add(IReadOnlyList<string> cells, Uri link)
    {
        _text.Append('\n');
        for (var i = 0; i < _columns.Length; i++)
            _text.Append(Cut(cells[i], _columns[i].Width).PadRight(_columns[i].Width)).Append(" | ");
        _text.Append(link.AbsoluteUri);
    }

    /// <summary>The table as a block of code.</summary>
    public override string ToString() => $"```\n{_text}\n```";

    // A value is one line, and has no sign that could end the block. Of half a character nothing is shown.
    private static string Cut(string value, int width)
    {
        var cell = new StringBuilder(width);
        foreach (var sign in value)
        {
            if (cell.Length == width)
                break;
            cell.Append(
                sign == '`' ? '\''
                : char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u2424' ? ' '
                : sign
            );
        }

        if (cell.Length > 0 && char.IsHighSurrogate(cell[cell.Length - 1]))
            cell.Length--;
        return cell.ToString();
    }
}
