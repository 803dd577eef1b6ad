using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Display;
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
        var word = TypedWord.Parse(wordToComplete);
        try
        {
            var session =
                CompletionRequest.Unwrap(fakeBoundParameters?["Session"]) as MattermostSession
                ?? RunspaceSessions.Current.Default;
            var request = new CompletionRequest(session, word.Name, fakeBoundParameters)
            {
                Command = commandName ?? "",
                // On this thread: others have no runspace.
                Sessions = RunspaceSessions.Current.List(),
            };
            using var limit = new CancellationTokenSource(Patience);
            var found = Task.Run(() => FindAsync(request, limit.Token), limit.Token).GetAwaiter().GetResult();
            return
            [
                .. (
                    KeepsOrder
                        ? (IEnumerable<Candidate>)found
                        : found.OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
                )
                    .Where(candidate => candidate.Text.Length > 0)
                    .Select(candidate => Complete(candidate, word))
                    .OfType<CompletionResult>(),
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

    /// <summary>Whether the parameter takes wildcards, so that those in a name have to be escaped.</summary>
    private protected virtual bool TakesWildcards => false;

    /// <summary>Whether the candidates are in an order of their own, instead of that of their texts.</summary>
    private protected virtual bool KeepsOrder => false;

    private CompletionResult? Complete(Candidate candidate, TypedWord word)
    {
        var value = TakesWildcards ? ArgumentText.EscapeWildcards(candidate.Text) : candidate.Text;
        if (
            !word.Begins(candidate.Text)
            && !word.Begins(value)
            && candidate.OtherNames?.Any(name => word.Text.Length > 0 && word.Begins(name)) != true
        )
            return null;
        var shown = VisibleText.Of(candidate.Text);
        return ArgumentText.Of(value, word) is { } argument
            ? new CompletionResult(
                argument,
                candidate.ListText is { } listed ? VisibleText.Of(listed) : shown,
                CompletionResultType.ParameterValue,
                candidate.ToolTip.Length > 0 ? VisibleText.Of(candidate.ToolTip) : shown
            )
            : null;
    }
}
