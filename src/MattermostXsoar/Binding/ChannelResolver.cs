using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>Looks up the channels of references, each only once for a command.</summary>
internal sealed class ChannelResolver(MattermostSession session, Action<MattermostXsoarException, object?> report)
{
    private readonly Dictionary<(string Channel, string? Team), MattermostChannel?> _known = [];

    /// <summary>The channel, or null if it cannot be found; the error is reported the first time.</summary>
    public async Task<MattermostChannel?> ResolveAsync(
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        var key = (reference.IdOrText, team?.ToString());
        if (!_known.TryGetValue(key, out var channel))
        {
            try
            {
                channel = await reference.ResolveAsync(session, team, cancellationToken);
            }
            catch (MattermostXsoarException error)
            {
                report(error, reference);
            }

            _known.Add(key, channel);
        }

        return channel;
    }
}
