using System.Text;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// Text with links and code between, as Markdown: words that Markdown would draw differently become code, the others
/// stay.
/// </summary>
internal sealed class InlineText
{
    private static readonly Regex Words = new(@"\s+|\S+", RegexOptions.CultureInvariant);

    private readonly List<(Kind Kind, string Text)> _pieces = [];

    private enum Kind
    {
        Text,
        Space,
        Break,
        Code,
        Markdown,
    }

    /// <summary>Appends text, also the rest of a word.</summary>
    public void AddText(string text)
    {
        // The web app takes it for a line end.
        text = text.Replace('\u2424', ' ');
        if (_pieces.Count > 0 && _pieces[_pieces.Count - 1].Kind == Kind.Text)
            _pieces[_pieces.Count - 1] = (Kind.Text, _pieces[_pieces.Count - 1].Text + text);
        else
            _pieces.Add((Kind.Text, text));
    }

    /// <summary>Appends text that is code.</summary>
    public void AddCode(string text) => _pieces.Add((Kind.Code, text));

    /// <summary>Appends Markdown.</summary>
    public void AddMarkdown(string text) => _pieces.Add((Kind.Markdown, text));

    /// <summary>Ends the line.</summary>
    public void AddBreak() => _pieces.Add((Kind.Break, "\n"));

    /// <summary>Returns what was appended as Markdown, and begins anew.</summary>
    /// <param name="inCell">Whether it is for a cell of a table, which is one line and in which pipes divide.</param>
    public string Take(bool inCell)
    {
        var pieces = Merged(Split(inCell));
        _pieces.Clear();
        var text = new StringBuilder();
        foreach (var (kind, piece) in pieces)
            text.Append(
                kind is Kind.Text or Kind.Code && inCell && piece.Contains('|') ? PlainText.References(piece)
                : kind == Kind.Code ? PlainText.Span(piece)
                : piece
            );
        return text.ToString();
    }

    // Without white space at the beginning or end of a line.
    private List<(Kind Kind, string Text)> Split(bool inCell)
    {
        var result = new List<(Kind Kind, string Text)>();
        foreach (var piece in _pieces)
        {
            if (piece.Kind == Kind.Text)
            {
                foreach (Match word in Words.Matches(piece.Text))
                    Add(char.IsWhiteSpace(word.Value[0]) ? Kind.Space : Kind.Text, word.Value);
            }
            else if (piece.Kind == Kind.Code)
            {
                Add(string.IsNullOrWhiteSpace(piece.Text) ? Kind.Space : Kind.Code, WithoutLineEnds(piece.Text));
            }
            else
            {
                Add(piece.Kind == Kind.Break && inCell ? Kind.Space : piece.Kind, piece.Text);
            }
        }

        while (result.Count > 0 && result[result.Count - 1].Kind is Kind.Space or Kind.Break)
            result.RemoveAt(result.Count - 1);
        return result;

        void Add(Kind kind, string text)
        {
            var isLineStart = result.Count == 0 || result[result.Count - 1].Kind == Kind.Break;
            var afterSpace = result.Count > 0 && result[result.Count - 1].Kind == Kind.Space;
            if (kind == Kind.Space && (isLineStart || afterSpace))
                return;
            if (kind == Kind.Break && afterSpace)
                result.RemoveAt(result.Count - 1);
            // More than one empty line is not drawn.
            if (kind == Kind.Break && result.Count == 0)
                return;
            if (kind == Kind.Text && !PlainText.IsHarmless(text, isLineStart && !inCell))
                kind = Kind.Code;
            result.Add((kind, kind == Kind.Space ? " " : text));
        }
    }

    // Two code spans side by side would be one of another kind.
    private static List<(Kind Kind, string Text)> Merged(List<(Kind Kind, string Text)> pieces)
    {
        var result = new List<(Kind Kind, string Text)>();
        foreach (var piece in pieces)
        {
            var last = result.Count - 1;
            if (piece.Kind == Kind.Code && last >= 0 && result[last].Kind == Kind.Code)
            {
                result[last] = (Kind.Code, result[last].Text + piece.Text);
            }
            else if (
                piece.Kind == Kind.Code
                && last >= 1
                && result[last].Kind == Kind.Space
                && result[last - 1].Kind == Kind.Code
            )
            {
                result[last - 1] = (Kind.Code, result[last - 1].Text + " " + piece.Text);
                result.RemoveAt(last);
            }
            else
            {
                result.Add(piece);
            }
        }

        return result;
    }

    private static string WithoutLineEnds(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
