using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>What every part of the mirror works with.</summary>
internal sealed record MirrorContext
{
    // Enough to use a server well; few enough to leave it to others.
    private const int MostReadings = 8;

    /// <summary>Mattermost as the bot: listens, reads the mirrored channels and posts.</summary>
    public required MattermostClient Bot { get; init; }

    /// <summary>Mattermost as the personal token's user: makes channels, adds and removes members, archives.</summary>
    public required MattermostClient Personal { get; init; }

    public required XsoarClient Xsoar { get; init; }

    public required StateStore Store { get; init; }

    public required MattermostUser BotUser { get; init; }

    public required MattermostUser PersonalUser { get; init; }

    /// <summary>Makes the bot a member of channels.</summary>
    public BotMembership BotMembership => new(Bot, Personal, BotUser);

    /// <summary>The War Room's address for people.</summary>
    public required Func<string, Uri> WarRoomLink { get; init; }

    /// <summary>The server is an XSIAM, which makes an empty investigation when it is asked for one that does not
    /// exist.</summary>
    public bool AskingMakesInvestigations { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Numbers from 0 up to 1, for jitter.</summary>
    public required Func<double> Random { get; init; }

    public MirrorOptions Options { get; init; } = new();

    /// <summary>Few mirrors at a time read their channels after a break.</summary>
    public ConcurrencyLimit ChatReadLimit { get; } = new(MostReadings);

    /// <summary>Few mirrors at a time read their War Rooms.</summary>
    public ConcurrencyLimit WarRoomReadLimit { get; } = new(MostReadings);

    /// <summary>What is known of the length of XSOAR's answers.</summary>
    public WarRoomPageLimit WarRoomPageLimit { get; } = new();

    public required UserCache Users { get; init; }

    public ListenerLog Log { get; init; } = new();

    /// <summary>Where a test ends the process.</summary>
    public StopPoints StopPoints { get; init; } = StopPoints.None;
}
