using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Completion;

/// <summary>
/// Completes usernames: where members are removed or changed and the channel is given already, those of its members.
/// </summary>
public sealed class MemberCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    )
    {
        // Also by its alias, mattermost-add-channel-member.
        var isAdding = !(request.Command.IndexOf("add", StringComparison.OrdinalIgnoreCase) < 0);
        if (request.Channel is not { } reference || isAdding)
            return UserCompleter.SuggestAsync(request, patience);
        var team = request.Team;
        return request.Session.Completions.GetAsync(
            $"members of {reference} of {team}",
            async token =>
            {
                var channel = await reference.ResolveAsync(request.Session, team, token);
                var members = new List<MattermostUser>();
                var pages = PageWindow.Everything.ReadAsync(
                    (page, size, stop) => request.Session.Personal.Users.ListAsync(null, channel.Id, page, size, stop),
                    token
                );
                await foreach (var page in pages)
                    members.AddRange(page);
                return members.Select(UserCompleter.CandidateOf);
            },
            patience
        );
    }
}
