using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Notifications;

/// <summary>
/// The channel of notifications that name none, in a session that has none either. XSOAR names it too, and means the
/// one that was set up.
/// </summary>
internal static class NotificationChannel
{
    public const string DefaultName = "incidentNotificationChannel";

    /// <summary>The channel that a notification goes to, by name or id; null for the default one.</summary>
    /// <param name="asked">What the caller names, or null.</param>
    /// <param name="configured">What the session names, or null.</param>
    public static string? Choose(string? asked, string? configured)
    {
        var chosen = asked is null || IsDefault(asked) ? configured ?? asked : asked;
        return chosen is null || IsDefault(chosen) ? null : chosen;
    }

    /// <summary>The default channel of a team, or null where nobody has made it yet.</summary>
    /// <exception cref="MattermostXsoarException">ChannelArchived.</exception>
    public static async Task<MattermostChannel?> FindAsync(
        MattermostClient personal,
        MattermostTeam team,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var channel = await personal.Channels.GetByNameAsync(
                team.Id,
                Name,
                includeDeleted: true,
                cancellationToken
            );
            return channel.IsArchived ? throw ChannelErrors.NoPosts(channel) : channel;
        }
        catch (ApiException missing) when (missing.ErrorId == ErrorIds.ChannelNotFound)
        {
            return null;
        }
    }

    /// <summary>Makes it, public and displayed as written; one that somebody else has just made will do.</summary>
    public static async Task<MattermostChannel> CreateAsync(
        MattermostClient personal,
        MattermostTeam team,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await personal.Channels.CreateAsync(
                new NewChannel
                {
                    TeamId = team.Id,
                    Name = Name,
                    DisplayName = DefaultName,
                    Type = "O",
                },
                cancellationToken
            );
        }
        catch (ApiException taken) when (taken.ErrorId == ErrorIds.ChannelExists)
        {
            if (await FindAsync(personal, team, cancellationToken) is { } made)
                return made;
            throw;
        }
    }

    // Names are lower case on the server.
    private static string Name { get; } = DefaultName.ToLowerInvariant();

    private static bool IsDefault(string name) => string.Equals(name, DefaultName, StringComparison.OrdinalIgnoreCase);
}
