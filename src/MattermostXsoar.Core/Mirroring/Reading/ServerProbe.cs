using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>One cheap call to each server with a mirror's credentials.</summary>
internal static class ServerProbe
{
    /// <summary>Returns if both servers answer and accept the credentials.</summary>
    public static async Task AskAsync(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        string investigationId,
        CancellationToken cancellationToken
    )
    {
        await mattermost.Bot.Users.GetMeAsync(cancellationToken).ConfigureAwait(false);
        var query = new IncidentQuery { Ids = [investigationId], Size = 1 };
        await xsoar.Client.SearchIncidentsAsync(query, cancellationToken).ConfigureAwait(false);
    }
}
