using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes an argument with what the server knows, and with nothing when it does not say so soon.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    // A person waits for the Tab key.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected SessionCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            var given = fakeBoundParameters?["Session"];
            var session = (given is PSObject wrapped ? wrapped.BaseObject : given) as MattermostSession ?? RunspaceSessions.Current.Default;
            using var limit = new CancellationTokenSource(Patience);
            var names = Task.Run(() => FindAsync(session, word, limit.Token), limit.Token).GetAwaiter().GetResult();
            return [.. names
                .Where(name => name.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .OrderBy(name => name.Text, StringComparer.Ordinal)
                .Select(name => new CompletionResult(name.Text, name.Text, CompletionResultType.ParameterValue, name.ToolTip))];
        }
        catch (Exception error) when (error is MattermostXsoarException or OperationCanceledException)
        {
            return [];
        }
    }

    private protected abstract Task<IEnumerable<(string Text, string ToolTip)>> FindAsync(
        MattermostSession session, string word, CancellationToken cancellationToken);
}
