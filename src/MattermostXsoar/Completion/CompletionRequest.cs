using System.Collections;
using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>What is to be completed.</summary>
/// <param name="Session">The session to ask.</param>
/// <param name="Word">What was typed of the word, without quotes.</param>
/// <param name="Bound">The other arguments, as far as they are known.</param>
internal sealed record CompletionRequest(MattermostSession Session, string Word, IDictionary? Bound)
{
    /// <summary>The team that another argument names, or null for the session's.</summary>
    public TeamReference? Team =>
        Unwrap(Bound?["Team"]) switch
        {
            string { Length: > 0 } name => new TeamReference(name),
            MattermostTeam team => new TeamReference(team),
            TeamReference reference => reference,
            _ => null,
        };

    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
