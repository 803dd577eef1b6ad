using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes the names of the session team's public channels.</summary>
public sealed class ChannelCompleter : SessionCompleter
{
    private protected override async Task<IEnumerable<(string Text, string ToolTip)>> FindAsync(
        MattermostSession session, string word, CancellationToken cancellationToken)
    {
        var found = new List<MattermostChannel>();
        var pages = PageWindow.Everything.ReadAsync(
            (page, size, token) => session.Personal.Channels.ListPublicAsync(session.Team.Id, page, size, token), cancellationToken);
        await foreach (var page in pages)
            found.AddRange(page);
        return found.Select(channel => (channel.Name, channel.DisplayName));
    }
}
