namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Something wrong with a page.</summary>
/// <param name="File">The page.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">The fault.</param>
internal sealed record PageFault(string File, int Line, string Message)
{
    /// <summary>In the form that MSBuild recognises as an error, with file and line.</summary>
    public override string ToString() => $"{Path.GetFullPath(File)}({Line}): error MMXHELP: {Message}";
}
