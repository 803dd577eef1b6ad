using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Completion;

/// <summary>Completes the names of a team's public channels, and of the private ones that the account is in.</summary>
public class ChannelCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    )
    {
        var reference = request.Team;
        return request.Session.Completions.GetAsync(
            $"channels of {reference}",
            async token =>
            {
                var team = await TeamReference.ResolveAsync(reference, request.Session, token);
                var channels = request.Session.Personal.Channels;
                var own = channels.ListForUserAsync(request.Session.PersonalUser.Id, team.Id, token);
                var found = new List<MattermostChannel>();
                var pages = PageWindow.Everything.ReadAsync(
                    (page, size, stop) => channels.ListPublicAsync(team.Id, page, size, stop),
                    token
                );
                await foreach (var page in pages)
                    found.AddRange(page);
                found.AddRange((await own).Where(channel => channel.Type == "P"));
                return found.Select(channel => new Candidate(channel.Name, channel.DisplayName));
            },
            patience
        );
    }
}
