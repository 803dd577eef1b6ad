using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Sessions;

/// <summary>Creates a session's mirror service, and looks up its mirrors for the cmdlets.</summary>
internal static class SessionMirrors
{
    /// <summary>All mirrors. For a session without mirroring the list is empty; no state file is created.</summary>
    public static IReadOnlyList<MattermostMirror> All(MattermostSession session) =>
        session.MirroringEnabled && session.XsoarClient is not null && File.Exists(session.Mirrors.StatePath)
            ? session.Mirrors.GetMirrors()
            : [];

    /// <summary>The mirrors on a channel that are not stopped.</summary>
    public static IReadOnlyList<MattermostMirror> OnChannel(MattermostSession session, string channelId) =>
        [.. All(session).Where(mirror => mirror.ChannelId == channelId && mirror.State != MirrorState.Stopped)];

    /// <summary>
    /// The mirrors of an investigation; stopped ones only if there are no others, since their channel may be used by
    /// another mirror now.
    /// </summary>
    public static IReadOnlyList<MattermostMirror> OfInvestigation(
        MattermostSession session,
        string? investigationId,
        string? channel = null
    )
    {
        var all = session.Mirrors.FindMirrors(investigationId, channel);
        var living = all.Where(mirror => mirror.State != MirrorState.Stopped).ToList();
        return living.Count > 0 ? living : all;
    }

    /// <summary>The mirror in whose channel a question about an investigation is asked; null if there is none.</summary>
    public static MattermostMirror? ToAskIn(MattermostSession session, string investigationId) =>
        All(session)
            .FirstOrDefault(mirror =>
                mirror.InvestigationId == investigationId && mirror.State is (MirrorState.Active or MirrorState.Paused)
            );

    /// <summary>Another investigation's mirror that uses the same channel, or null.</summary>
    public static MattermostMirror? SharerOf(MattermostSession session, MattermostMirror mirror) =>
        session
            .Mirrors.GetMirrors(null, mirror.ChannelId)
            .FirstOrDefault(other =>
                other.InvestigationId != mirror.InvestigationId
                && other.State is (MirrorState.Active or MirrorState.Paused)
            );

    public static MirrorService Create(MattermostSession session) =>
        new(
            new MirrorServiceOptions
            {
                Bot = session.Bot,
                Personal = session.Personal,
                Xsoar = session.XsoarClient,
                BotUser = session.BotUser,
                PersonalUser = session.PersonalUser,
                CreatesInvestigationsOnRead = session.IsXsiam,
                WarRoomLink = investigationId => session.WarRoomLink(investigationId),
                Environment = session.Options.Environment,
                StatePath = session.Options.StatePath,
                NoMirroring = session.Options.NoMirroring,
                NoListener = session.Options.NoListener,
                ListenerParts = SessionParts.Of(session),
            }
        );
}
