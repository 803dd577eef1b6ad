using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Has the channel of a plan ready for its mirror: creates it, or renames it, adds the bot, and posts what it is for. If
/// the name was taken since the plan was made, as by another process that starts the same mirror, it plans again.
/// </summary>
internal sealed class ChannelOpener(
    MattermostAccess mattermost,
    XsoarAccess xsoar,
    StateStore store,
    MirrorRuntime runtime,
    ChannelAccess channels,
    ChannelChooser chooser
)
{
    private const int PageSize = 200;

    private readonly PendingPostIds _pendingIds = new(store.Secret, mattermost.BotUser.Id);

    /// <summary>Has the channel ready.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="known">Reads the mirrors of the investigation, as they are now.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The plan as it was carried out, and the channel.</returns>
    /// <exception cref="MattermostXsoarException">ChannelExists, and what the servers refuse.</exception>
    public async Task<(MirrorPlan Plan, MattermostChannel Channel)> OpenAsync(
        MirrorPlan plan,
        Func<IReadOnlyList<MirrorRecord>> known,
        CancellationToken cancellationToken
    )
    {
        var channel =
            plan.Channel is null ? await TryCreateAsync(plan, cancellationToken).ConfigureAwait(false)
            : plan.NewName is null ? plan.Channel
            : await RenameAsync(plan, plan.Channel, cancellationToken).ConfigureAwait(false);
        if (channel is null)
        {
            var again = await chooser.ChooseAsync(plan.Request, known(), cancellationToken).ConfigureAwait(false);
            if (again.Channel is not null || again.Name != plan.Name)
                return await OpenAsync(again, known, cancellationToken).ConfigureAwait(false);
            channel = await CreateNextAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        await LetBotInAsync(plan, channel, cancellationToken).ConfigureAwait(false);
        var isNew = plan.Channel is null;
        plan = plan with { Channel = channel, Known = known() };
        // If the answer was lost when the channel was created, it has no first post yet.
        if (plan.Previous is null && (isNew || channels.IsOwn(channel, plan.Request.InvestigationId)))
            await PostFirstAsync(plan, channel, cancellationToken).ConfigureAwait(false);
        return (plan, channel);
    }

    // Null if there is a channel of that name.
    private async Task<MattermostChannel?> TryCreateAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await channels.CreateAsync(plan.Team, plan.Name, plan, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException taken) when (taken.ErrorId == ErrorIds.ChannelExists)
        {
            return null;
        }
    }

    // A private channel which the account does not see has the name. If the user named exactly that, no other channel is
    // meant.
    private async Task<MattermostChannel> CreateNextAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        var investigationId = plan.Request.InvestigationId;
        if (plan.Request.Channel is { } asked && ChannelName.IsName(asked))
        {
            throw new MattermostXsoarException(
                ErrorIds.ChannelExists,
                ErrorKind.Exists,
                $"The name '{plan.Name}' is taken in team '{plan.Team.Name}' by a channel that the personal token's user "
                    + "does not see.",
                "Have that user added to the channel, or give another name with -Channel."
            );
        }

        runtime.Log.Warning(
            ListenerLogEvents.ChannelNameTaken,
            $"The name '{plan.Name}' is taken by a channel that the personal token's user does not see, so the "
                + "mirror's channel gets another name.",
            new MirrorKey(investigationId, "", plan.Name)
        );
        foreach (var name in ChannelName.Candidates(plan.Name, investigationId).Skip(1))
        {
            if (await TryCreateAsync(plan with { Name = name }, cancellationToken).ConfigureAwait(false) is { } created)
                return created;
            if (
                await channels.FindByNameAsync(plan.Team, name, cancellationToken).ConfigureAwait(false) is { } found
                && chooser.IsOwn(found, plan)
                && !found.IsArchived
            )
                return found;
        }

        throw new MattermostXsoarException(
            ErrorIds.ChannelExists,
            ErrorKind.Exists,
            $"The name '{plan.Name}' and all names that are like it are taken in team '{plan.Team.Name}'.",
            "Give another name with -Channel."
        );
    }

    private async Task<MattermostChannel> RenameAsync(
        MirrorPlan plan,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        var renamed = await channels
            .RenameAsync(plan.Team, channel, plan.Request.Channel!, cancellationToken)
            .ConfigureAwait(false);
        runtime.Log.Warning(
            ListenerLogEvents.ChannelRenamedByMirror,
            $"The channel '{channel.Name}' is now named '{renamed.Name}', for everybody in it. To mirror with another "
                + "channel instead, stop the mirror first.",
            new MirrorKey(plan.Request.InvestigationId, renamed.Id, renamed.Name)
        );
        return renamed;
    }

    private Task LetBotInAsync(MirrorPlan plan, MattermostChannel channel, CancellationToken cancellationToken) =>
        mattermost.BotMembership.EnsureAsync(
            ChannelAddress.Of(channel),
            // In a channel that was just created for it, it goes without saying.
            plan.Channel
                is null
                ? null
                : sentence =>
                    runtime.Log.Information(
                        ListenerLogEvents.BotAdded,
                        sentence,
                        new MirrorKey(plan.Request.InvestigationId, channel.Id, channel.Name)
                    ),
            cancellationToken
        );

    // Two processes that start the same mirror may both find none: their posts have the same id, so that the server
    // makes one of them.
    private async Task PostFirstAsync(MirrorPlan plan, MattermostChannel channel, CancellationToken cancellationToken)
    {
        var investigationId = plan.Request.InvestigationId;
        var message =
            $"This channel was created to mirror incident {investigationId}. \n View it on: "
            + xsoar.LinkTo(investigationId);
        var page = await mattermost
            .Bot.Posts.ListAsync(channel.Id, 0, PageSize, cancellationToken)
            .ConfigureAwait(false);
        // A longer channel is no new one.
        if (
            page.RawOrder.Count == PageSize
            || page.Ascending.Any(post => post.UserId == mattermost.BotUser.Id && post.Type.Length == 0)
        )
            return;
        await mattermost
            .Bot.Posts.CreateAsync(
                new NewPost
                {
                    ChannelId = channel.Id,
                    Message = message,
                    PendingPostId = _pendingIds.OfFirst(channel.Id),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
