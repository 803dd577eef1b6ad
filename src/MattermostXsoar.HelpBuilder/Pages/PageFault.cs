namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Something wrong with a page.</summary>
/// <param name="File">The page.</param>
/// <param name="Line">Where, from 1.</param>
/// <param name="Message">What.</param>
internal sealed record PageFault(string File, int Line, string Message)
{
    /// <summary>As MSBuild takes it for an error, with file and line to click on.</summary>
    public override string ToString() => $"{Path.GetFullPath(File)}({Line}): error MMXHELP: {Message}";
}
