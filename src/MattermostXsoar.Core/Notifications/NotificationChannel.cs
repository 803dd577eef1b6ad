using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Notifications;

/// <summary>
/// The default channel of notifications, for calls and sessions that name none. XSOAR uses its name as well, for the
/// channel that is configured.
/// </summary>
internal static class NotificationChannel
{
    public const string DefaultName = "incidentNotificationChannel";

    /// <summary>The channel of a notification, by name or id; null for the default one.</summary>
    /// <param name="asked">The channel that the caller gives, or null.</param>
    /// <param name="configured">The channel of the session, or null.</param>
    public static string? Choose(string? asked, string? configured)
    {
        var chosen = asked is null || IsDefault(asked) ? configured ?? asked : asked;
        return chosen is null || IsDefault(chosen) ? null : chosen;
    }

    /// <summary>The default channel of a team, or null if it does not exist yet.</summary>
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

    /// <summary>
    /// Creates the channel, public and with that display name; if somebody else has just created it, that one is
    /// returned.
    /// </summary>
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
            if (await FindAsync(personal, team, cancellationToken) is { } created)
                return created;
            throw;
        }
    }

    // Names are in lower case on the server.
    private static string Name { get; } = DefaultName.ToLowerInvariant();

    private static bool IsDefault(string name) => string.Equals(name, DefaultName, StringComparison.OrdinalIgnoreCase);
}
