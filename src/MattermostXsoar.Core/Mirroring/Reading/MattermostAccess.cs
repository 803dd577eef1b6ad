using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Mattermost as the mirrors use it: two accounts, what is known of its users, and how many read at once.
/// </summary>
internal sealed record MattermostAccess
{
    // Enough to make good use of a server, few enough to leave it capacity for others.
    private const int MaxConcurrentReads = 8;

    /// <summary>The bot's client: listens, reads the mirrored channels and posts.</summary>
    public required MattermostClient Bot { get; init; }

    /// <summary>The personal token's client: creates channels, adds and removes members, archives.</summary>
    public required MattermostClient Personal { get; init; }

    public required MattermostUser BotUser { get; init; }

    public required MattermostUser PersonalUser { get; init; }

    public required UserCache Users { get; init; }

    /// <summary>Makes the bot a member of channels.</summary>
    public BotMembership BotMembership => new(Bot, Personal, BotUser);

    /// <summary>How many mirrors read their channels at once after a gap.</summary>
    public ConcurrencyLimit ReadLimit { get; } = new(MaxConcurrentReads);
}
