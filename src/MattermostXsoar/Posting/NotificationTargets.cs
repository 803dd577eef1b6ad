using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Notifications;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>Looks up the targets of notifications, each only once for a command.</summary>
internal sealed class NotificationTargets
{
    private readonly Dictionary<string, PostTarget> _known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<PostTarget> FindAsync(
        MattermostSession session,
        ChannelReference? channel,
        UserReference[]? to,
        CancellationToken cancellationToken
    )
    {
        if (channel is not null && to is not null)
        {
            // The original's text.
            throw new MattermostXsoarException(
                ErrorIds.ConflictingTarget,
                ErrorKind.InvalidArgument,
                "Cannot use both to and channel_name arguments",
                "Give -Channel or -To; without either the notification is posted in the session's notification channel."
            );
        }

        var key = to is null
            ? "channel " + channel?.IdOrText
            : "people " + string.Join(",", to.Select(user => user.ToString()));
        if (!_known.TryGetValue(key, out var target))
            _known.Add(key, target = await LookAsync(session, channel, to, cancellationToken));
        return target;
    }

    private static async Task<PostTarget> LookAsync(
        MattermostSession session,
        ChannelReference? channel,
        UserReference[]? to,
        CancellationToken cancellationToken
    )
    {
        if (to is not null)
            return await PostTarget.FindAsync(session, to, cancellationToken);
        var asked = channel?.ToString();
        return NotificationChannel.Choose(asked, session.NotificationChannel) is not { } chosen
            ? await DefaultAsync(session, cancellationToken)
            : await PostTarget.FindAsync(
                session,
                chosen == asked ? channel! : new ChannelReference(chosen),
                null,
                cancellationToken
            );
    }

    private static async Task<PostTarget> DefaultAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        const string Name = NotificationChannel.DefaultName;
        return await NotificationChannel.FindAsync(session.Personal, session.Team, cancellationToken) is { } channel
            ? PostTarget.Of(channel)
            : new PostTarget(
                Name,
                $"Channel '{Name}', a new public one in team '{session.Team.Name}'",
                token => NotificationChannel.CreateAsync(session.Personal, session.Team, token)
            );
    }
}
