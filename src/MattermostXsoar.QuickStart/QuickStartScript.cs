using System.Management.Automation.Language;

namespace MattermostXsoar.QuickStart;

/// <summary>The script that is shown, split into commands by PowerShell's own parser.</summary>
internal static class QuickStartScript
{
    public static IReadOnlyList<QuickStartStep> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "QuickStart.ps1");
        var script = Parser.ParseFile(path, out var tokens, out var errors);
        if (errors.Length > 0)
            throw new InvalidOperationException($"{path}: {errors[0].Message}");
        var steps = new List<QuickStartStep>();
        var previousEnd = 0;
        foreach (var statement in script.EndBlock.Statements)
        {
            var comments = tokens
                .Where(token =>
                    token.Kind == TokenKind.Comment
                    && token.Extent.StartOffset >= previousEnd
                    && token.Extent.EndOffset <= statement.Extent.StartOffset
                )
                .Select(token => token.Text)
                .ToList();
            steps.Add(new QuickStartStep(comments, statement.Extent.Text));
            previousEnd = statement.Extent.EndOffset;
        }

        return steps;
    }
}
