using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>What a session's mirror service needs.</summary>
internal sealed record MirrorServiceOptions
{
    public required MattermostClient Bot { get; init; }

    public required MattermostClient Personal { get; init; }

    /// <summary>Null in a session without XSOAR.</summary>
    public XsoarClient? Xsoar { get; init; }

    public required MattermostUser BotUser { get; init; }

    public required MattermostUser PersonalUser { get; init; }

    /// <summary>See <see cref="Reading.XsoarAccess.CreatesInvestigationsOnRead"/>.</summary>
    public bool CreatesInvestigationsOnRead { get; init; }

    /// <summary>The address of an investigation's War Room for people.</summary>
    public required Func<string, Uri> WarRoomLink { get; init; }

    public required ClientEnvironment Environment { get; init; }

    /// <summary>A file or folder; null for the default place.</summary>
    public string? StatePath { get; init; }

    /// <summary>The session was connected with mirroring switched off.</summary>
    public bool NoMirroring { get; init; }

    /// <summary>Starting a mirror starts no listener.</summary>
    public bool NoListener { get; init; }

    public MirrorOptions Mirroring { get; init; } = new();

    /// <summary>What the session's listener runs beside the mirrors.</summary>
    public IReadOnlyList<Func<MirrorContext, IListenerPart>> ListenerParts { get; init; } = [];

    public RealtimeOptions? Realtime { get; init; }

    /// <summary>Where a test ends this process; null outside tests, where the host process is asked.</summary>
    public StopPoints? StopPoints { get; init; }
}
