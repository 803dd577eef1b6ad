using System.Management.Automation.Host;
using MattermostXsoar.Core.Display;

namespace MattermostXsoar.Display;

/// <summary>Texts for the columns of the views. Public only because a view can call nothing else.</summary>
public static class ViewText
{
    // What PowerShell takes for the width of a host without a window.
    private const int WithoutWindow = 120;

    /// <summary>A name, on one line, with what a terminal obeys written out.</summary>
    /// <param name="text">The text from the server.</param>
    public static string Of(string? text) => VisibleText.Of(text);

    /// <summary>
    /// The beginning of a text for the last column of a table, as much as two lines of it hold; the list view shows the
    /// whole.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="host">The host, for the width of its window.</param>
    /// <param name="before">The width of the columns before, with the spaces between.</param>
    public static string Note(string? text, PSHost host, int before) =>
        ShortText.Of(VisibleText.Of(text), Width(host) - before);

    // One column is left free: a host may begin a new line of its own after a full one.
    private static int Width(PSHost host)
    {
        try
        {
            return host.UI.RawUI.BufferSize.Width is > 0 and var width ? width - 1 : WithoutWindow;
        }
        catch (Exception exception)
            when (exception
                    is HostException
                        or NotImplementedException
                        or NullReferenceException
                        or IOException
                        or InvalidOperationException
            )
        {
            return WithoutWindow;
        }
    }

    /// <summary>A name in a column: cut in the middle, since names often differ in their end only.</summary>
    /// <param name="text">The text from the server.</param>
    /// <param name="width">The column's width.</param>
    public static string Name(string? text, int width) => ShortText.Middle(VisibleText.Of(text), width);

    /// <summary>A message, which keeps its lines.</summary>
    /// <param name="text">The text from the server.</param>
    public static string Lines(string? text) => VisibleText.Lines(text);
}
