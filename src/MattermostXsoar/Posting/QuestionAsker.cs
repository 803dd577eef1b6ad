using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>Asks questions for the cmdlets: finds where, checks the question, and asks it.</summary>
internal sealed class QuestionAsker(NotificationTargets targets, Action<string> warn)
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>Asks in a thread, a channel, of people, in the mirror's channel, or in the notification channel.</summary>
    /// <param name="session">The session.</param>
    /// <param name="draft">The question.</param>
    /// <param name="channel">The channel, or null.</param>
    /// <param name="to">The people, or null.</param>
    /// <param name="rootPost">A post of the thread to ask in, or null.</param>
    /// <param name="shouldAsk">Asks ShouldProcess for a target.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The question; null if it was not to be asked.</returns>
    public async Task<MattermostQuestion?> AskAsync(
        MattermostSession session,
        QuestionDraft draft,
        ChannelReference? channel,
        UserReference[]? to,
        string? rootPost,
        Func<string, Task<bool>> shouldAsk,
        CancellationToken cancellationToken
    )
    {
        var (target, rootId) = rootPost is null
            ? (await FindAsync(session, draft, channel, to, cancellationToken), "")
            : await OfThreadAsync(session, rootPost, channel, to, cancellationToken);
        draft = draft with
        {
            RootId = rootId,
            ChannelTitle = string.Join(", ", target.People.Select(user => user.ToString())),
            Answerers = draft.Answerers.Count > 0 ? draft.Answerers : target.People,
        };
        QuestionRules.Check(draft);
        foreach (var warning in target.Warnings.Where(_warned.Add))
            warn(warning);
        if (!await shouldAsk(target.Description))
            return null;
        var opened = await target.OpenAsync(session, cancellationToken);
        return await session.Questions.AskAsync(draft, opened, session.Team.Name, warn, cancellationToken);
    }

    /// <summary>The users of references.</summary>
    /// <exception cref="MattermostXsoarException">Among others UserNotFound.</exception>
    public static async Task<IReadOnlyList<MattermostUser>> PeopleAsync(
        MattermostSession session,
        UserReference[] references,
        CancellationToken cancellationToken
    )
    {
        var given = UserReference.Expand(references).ToList();
        var answers = await new UserResolver(session).ResolveAsync(given, cancellationToken);
        return [.. answers.Select((answer, i) => answer.User ?? throw answer.Error!.Concerning(given[i]))];
    }

    private async Task<PostTarget> FindAsync(
        MattermostSession session,
        QuestionDraft draft,
        ChannelReference? channel,
        UserReference[]? to,
        CancellationToken cancellationToken
    ) =>
        channel is null && to is null && SessionMirrors.ToAskIn(session, draft.InvestigationId) is { } mirror
            ? PostTarget.Of(await session.Bot.Channels.GetAsync(mirror.ChannelId, cancellationToken))
            : await targets.FindAsync(session, channel, to, cancellationToken);

    private static async Task<(PostTarget Target, string RootId)> OfThreadAsync(
        MattermostSession session,
        string rootPost,
        ChannelReference? channel,
        UserReference[]? to,
        CancellationToken cancellationToken
    )
    {
        if (channel is not null || to is not null)
            throw new MattermostXsoarException(
                ErrorIds.ConflictingTarget,
                ErrorKind.InvalidArgument,
                "A question in a thread is asked where the thread is.",
                "Give -RootPost, -Channel or -To."
            );
        var post = await session.Bot.Posts.GetAsync(rootPost, cancellationToken);
        return (
            PostTarget.Of(await session.Bot.Channels.GetAsync(post.ChannelId, cancellationToken)),
            post.RootId.Length > 0 ? post.RootId : post.Id
        );
    }
}
