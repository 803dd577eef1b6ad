using MattermostXsoar.Core.Display;

namespace MattermostXsoar.Display;

/// <summary>Texts for the columns of the views. Public only because a view can call nothing else.</summary>
public static class ViewText
{
    /// <summary>A name, on one line, with what a terminal obeys written out.</summary>
    /// <param name="text">The text from the server.</param>
    public static string Of(string? text) => VisibleText.Of(text);

    /// <summary>A message, which keeps its lines.</summary>
    /// <param name="text">The text from the server.</param>
    public static string Lines(string? text) => VisibleText.Lines(text);
}
