using System.Collections;
using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>A request to complete an argument.</summary>
/// <param name="Session">The session.</param>
/// <param name="Word">The beginning of the name, without quotes and marks.</param>
/// <param name="Bound">The other arguments, as far as they are known.</param>
internal sealed record CompletionRequest(MattermostSession Session, string Word, IDictionary? Bound)
{
    /// <summary>The command, as it is typed.</summary>
    public string Command { get; init; } = "";

    /// <summary>The sessions of the runspace.</summary>
    public IReadOnlyList<MattermostSession> Sessions { get; init; } = [];

    /// <summary>The channel of another argument, or null.</summary>
    public ChannelReference? Channel =>
        Unwrap(Bound?["Channel"]) switch
        {
            string { Length: > 0 } name => new ChannelReference(name),
            MattermostChannel channel => new ChannelReference(channel),
            ChannelReference reference => reference,
            _ => null,
        };

    /// <summary>The team of another argument, or null for the session's.</summary>
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
