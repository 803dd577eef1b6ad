namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>One parameter set as the page writes it.</summary>
/// <param name="Set">The set's name; empty on a page with one set only.</param>
/// <param name="Text">The line, e.g. <c>Get-MattermostSession [[-Id] &lt;int[]&gt;]</c>.</param>
/// <param name="Line">The line in the page.</param>
internal sealed record SyntaxHelp(string Set, string Text, int Line);
