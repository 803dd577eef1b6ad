using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Incidents;

namespace MattermostXsoar.Completion;

/// <summary>Completes the categories of entries. Others are accepted as well.</summary>
public sealed class EntryCategoryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => KnownWords.Complete(wordToComplete, EntryFilter.KnownCategories);
}
