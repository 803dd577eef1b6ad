using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Notifications;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>Looks up the targets of notifications, each only once for a command.</summary>
/// <param name="warn">Called with a message for people when a channel was created that nobody asked for.</param>
internal sealed class NotificationTargets(Action<string> warn)
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

    private async Task<PostTarget> LookAsync(
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

    private async Task<PostTarget> DefaultAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        const string Name = NotificationChannel.DefaultName;
        return
            await NotificationChannel.FindAsync(session.Personal, session.Bot, session.Team, cancellationToken)
                is { } channel
            ? PostTarget.Of(channel)
            : new PostTarget(
                Name,
                $"Channel '{Name}', a new private one in team '{session.Team.Name}'",
                token => CreateDefaultAsync(session, token)
            );
    }

    private async Task<MattermostChannel> CreateDefaultAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        var (channel, isNew) = await NotificationChannel.CreateAsync(
            session.Personal,
            session.Bot,
            session.Team,
            cancellationToken
        );
        if (isNew)
        {
            var members = string.Join(" and ", new[] { session.PersonalUser, session.BotUser }.Distinct());
            warn(
                $"No channel was given, so the private channel '{channel.Name}' was created in team "
                    + $"'{session.Team.Name}'. Only its members read the notifications: {members}. Add others with "
                    + $"Add-MattermostChannelMember {channel.Name}, or connect with -NotificationChannel."
            );
        }

        return channel;
    }
}
