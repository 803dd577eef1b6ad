using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>Who may answer a question: those whom it names, else all people in its channel. Never a bot.</summary>
internal sealed class AnswererCheck(MattermostAccess mattermost)
{
    /// <summary>The user, if they may answer; else null.</summary>
    public async Task<MattermostUser?> FindAsync(
        QuestionRecord question,
        string userId,
        CancellationToken cancellationToken
    )
    {
        if (question.Answerers.Count > 0 && !question.Answerers.Any(user => user.Key == userId))
            return null;
        var user = await mattermost.Users.FindAsync(userId, cancellationToken).ConfigureAwait(false);
        if (user is null or { IsBot: true } or { IsDeactivated: true })
            return null;
        return
            question.Answerers.Count > 0
            || await IsMemberAsync(question.ChannelId, userId, cancellationToken).ConfigureAwait(false)
            ? user
            : null;
    }

    // An administrator may react in channels that they are no member of.
    private async Task<bool> IsMemberAsync(string channelId, string userId, CancellationToken cancellationToken)
    {
        try
        {
            await mattermost.Bot.Channels.GetMemberAsync(channelId, userId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound)
        {
            return false;
        }
    }
}
