using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.People.Chat;
using MattermostXsoar.Core.People.Questions;

namespace MattermostXsoar.Sessions;

/// <summary>What a session's listener runs beside the mirrors, with the session's settings.</summary>
internal static class SessionParts
{
    public static IReadOnlyList<Func<MirrorContext, IListenerPart>> Of(MattermostSession session) =>
        session.XsoarClient is null
            ? [context => new QuestionPart(context)]
            : [context => new QuestionPart(context), context => new BotMessagePart(context, Chat(session))];

    private static ChatSettings Chat(MattermostSession session) =>
        new()
        {
            AllowExternalIncidents = session.AllowExternalIncidents,
            IncidentType = session.IncidentType,
            WorkPlanLink = session.WorkPlanLink,
            StartMirror = (investigationId, cancellationToken) =>
                session.Mirrors.StartMirrorAsync(
                    new MirrorRequest { InvestigationId = investigationId, Team = session.Team },
                    cancellationToken
                ),
        };
}
