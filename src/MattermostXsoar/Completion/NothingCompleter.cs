using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MattermostXsoar.Completion;

/// <summary>
/// Offers nothing, for texts that nobody but the person knows: without a completer PowerShell offers the names of files.
/// </summary>
public sealed class NothingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => [];
}
