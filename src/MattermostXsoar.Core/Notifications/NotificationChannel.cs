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

    /// <summary>
    /// The default channel of a team, or null if it does not exist yet. It is used as it is, private or public: its name
    /// is the one that is agreed on.
    /// </summary>
    /// <param name="personal">The personal token's client.</param>
    /// <param name="bot">The bot's client, which sees a private channel that the other account is not in.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MattermostXsoarException">ChannelArchived.</exception>
    public static async Task<MattermostChannel?> FindAsync(
        MattermostClient personal,
        MattermostClient bot,
        MattermostTeam team,
        CancellationToken cancellationToken
    )
    {
        foreach (var client in new[] { personal, bot })
        {
            try
            {
                var channel = await client.Channels.GetByNameAsync(
                    team.Id,
                    Name,
                    includeDeleted: true,
                    cancellationToken
                );
                return channel.IsArchived ? throw ChannelErrors.NoPosts(channel) : channel;
            }
            catch (ApiException missing) when (IsUnseen(missing, client == personal))
            {
                // The other account may see it.
            }
        }

        return null;
    }

    /// <summary>
    /// Creates the channel, private and with that display name; if somebody else has just created it, that one is
    /// returned.
    /// </summary>
    public static async Task<(MattermostChannel Channel, bool IsNew)> CreateAsync(
        MattermostClient personal,
        MattermostClient bot,
        MattermostTeam team,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var channel = await personal.Channels.CreateAsync(
                new NewChannel
                {
                    TeamId = team.Id,
                    Name = Name,
                    DisplayName = DefaultName,
                    Type = "P",
                },
                cancellationToken
            );
            return (channel, true);
        }
        catch (ApiException taken) when (taken.ErrorId == ErrorIds.ChannelExists)
        {
            if (await FindAsync(personal, bot, team, cancellationToken) is { } created)
                return (created, false);
            throw;
        }
    }

    // A bot that is not in the team is refused.
    private static bool IsUnseen(ApiException missing, bool isPersonal) =>
        missing.ErrorId == ErrorIds.ChannelNotFound || (!isPersonal && missing.Kind == ErrorKind.Permission);

    // Names are in lower case on the server.
    private static string Name { get; } = DefaultName.ToLowerInvariant();

    private static bool IsDefault(string name) => string.Equals(name, DefaultName, StringComparison.OrdinalIgnoreCase);
}
