using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MattermostXsoar.Core.Notifications;

namespace MattermostXsoar.Completion;

/// <summary>Completes the types of notifications of XSOAR. Others are accepted as well.</summary>
public sealed class NotificationTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => KnownWords.Complete(wordToComplete, NotificationTypes.Known.Concat(NotificationTypes.AlwaysPermitted));
}
