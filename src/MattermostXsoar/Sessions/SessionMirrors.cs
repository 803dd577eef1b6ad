using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Sessions;

/// <summary>Makes a session's mirror service.</summary>
internal static class SessionMirrors
{
    public static MirrorService Create(MattermostSession session) => new(new MirrorServiceOptions
    {
        Bot = session.Bot,
        Personal = session.Personal,
        Xsoar = session.XsoarClient,
        BotUser = session.BotUser,
        PersonalUser = session.PersonalUser,
        AskingMakesInvestigations = string.Equals(session.XsoarServer?.ProductMode, "xsiam", StringComparison.OrdinalIgnoreCase),
        WarRoomLink = investigationId =>
            XsoarLinks.WarRoom(session.Xsoar.BaseUri, session.XsoarServer!.ParsedVersion, investigationId),
        Environment = session.Options.Environment,
        StatePath = session.Options.StatePath,
        NoMirroring = session.Options.NoMirroring,
        NoListener = session.Options.NoListener,
    });
}
