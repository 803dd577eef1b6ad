namespace MattermostXsoar.QuickStart;

/// <summary>Writes to the console, in colour if it is a terminal.</summary>
internal sealed class Terminal
{
    private const int UsualWidth = 132;
    private const string Reset = "\u001b[0m";

    /// <summary>Whether the output has colours: on a terminal, unless NO_COLOR is set (https://no-color.org).</summary>
    public bool HasColour { get; } =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };

    /// <summary>The width for tables: the terminal's, or one suitable for a log.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return !Console.IsOutputRedirected && Console.WindowWidth > 40 ? Console.WindowWidth : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    public void Title(string text) => Line(text, "\u001b[1m");

    public void Step(string text) => Line(text, "\u001b[2m");

    public void Comment(string text) => Line(text, "\u001b[32m");

    public void Prompt(string command)
    {
        Console.Write(HasColour ? "\u001b[36mPS>\u001b[0m " : "PS> ");
        Line(command, "\u001b[1m");
    }

    public void Good(string text) => Line(text, "\u001b[1;32m");

    public void Problem(string text) => Line(text, "\u001b[31m");

    public void Plain(string text) => Line(text, "");

    private void Line(string text, string colour) =>
        Console.WriteLine(HasColour && colour.Length > 0 ? colour + text + Reset : text);
}
