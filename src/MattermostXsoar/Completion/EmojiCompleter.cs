using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Mattermost.Posting;

namespace MattermostXsoar.Completion;

/// <summary>Completes the names of the emoji that people use most. Others are accepted as well.</summary>
public sealed class EmojiCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => KnownWords.Complete(wordToComplete, EmojiCatalog.Names);
}
