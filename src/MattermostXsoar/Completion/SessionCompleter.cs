using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>
/// Completes an argument with values from the server, and with nothing if it does not answer in time.
/// </summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    // A person is waiting after pressing Tab.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected SessionCompleter() { }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = wordToComplete ?? "";
        var quote = typed.Length > 0 && typed[0] is '\'' or '"' ? typed[0] : (char?)null;
        var word = typed.Trim('\'', '"').TrimStart('@', '~');
        try
        {
            var session =
                CompletionRequest.Unwrap(fakeBoundParameters?["Session"]) as MattermostSession
                ?? RunspaceSessions.Current.Default;
            var request = new CompletionRequest(session, word, fakeBoundParameters);
            using var limit = new CancellationTokenSource(Patience);
            var found = Task.Run(() => FindAsync(request, limit.Token), limit.Token).GetAwaiter().GetResult();
            return
            [
                .. found
                    .Where(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
                    .Select(candidate => new CompletionResult(
                        Quoted(candidate.Text, quote),
                        candidate.Text,
                        CompletionResultType.ParameterValue,
                        candidate.ToolTip.Length > 0 ? candidate.ToolTip : candidate.Text
                    )),
            ];
        }
        catch (Exception error)
            when (error is MattermostXsoarException or OperationCanceledException or PSArgumentException)
        {
            return [];
        }
    }

    private protected abstract Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    );

    // With the quotes that were begun; else with quotes if PowerShell would not take the text as one argument, or would
    // take it as a number.
    private static string Quoted(string text, char? quote)
    {
        if (quote == '"')
            return $"\"{text.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"")}\"";
        var plain =
            (char.IsLetter(text[0]) || text[0] == '_')
            && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.');
        return plain && quote is null ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }
}
