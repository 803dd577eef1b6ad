using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Does to the incident of a mirror's channel what a user of XSOAR asks for there, if the session allows it, and writes
/// in the War Room who did it. Settled and stored before it is done; doing it again changes nothing, and the War Room's
/// entry is looked up before it is written again.
/// </summary>
internal sealed class IncidentControl(MirrorContext context, ChatSettings settings)
{
    private readonly ChatRetry _retry = new(context, ListenerLogEvents.MessageFailed);
    private readonly ControlActions _actions = new(context);

    /// <summary>The mirrors of a message's channel that are not stopped; none for any other channel.</summary>
    public IReadOnlyList<MirrorRecord> MirrorsOf(HandledMessage message) =>
        message.IsDirect
            ? []
            :
            [
                .. context
                    .Store.ReadMirrors()
                    .Where(mirror => mirror.ChannelId == message.ChannelId && mirror.State != MirrorState.Stopped),
            ];

    /// <summary>Does what a new message asks for.</summary>
    /// <returns>The answer.</returns>
    public async Task<string> AnswerAsync(
        ControlRequest request,
        IReadOnlyList<MirrorRecord> mirrors,
        HandledMessage message,
        XsoarIdentity identity,
        CancellationToken stopping
    )
    {
        if (!settings.AllowedCommands.Contains(request.Command))
            return ControlReplies.NotAllowed(request.Command);
        if (identity.Account is not { } account)
            return ControlReplies.UnknownUser(request.Command, identity.Explanation);
        if (!request.IsComplete)
            return ControlReplies.Usage(request.Command, context.Mattermost.BotUser.Username);
        if (mirrors.Count != 1)
            return ControlReplies.Shared;
        return await _retry
            .RunAsync(
                () => SettleAsync(request, mirrors[0], account, message, identity, stopping),
                ChatRetry.FewTries,
                stopping
            )
            .ConfigureAwait(false) switch
        {
            (_, { } answer) => answer,
            ({ } plan, _) => await StartAsync(plan, message, stopping).ConfigureAwait(false),
            _ => ChatReplies.Failed,
        };
    }

    /// <summary>Whether a stored plan is one of a command.</summary>
    public static bool IsPlan(string plan) => plan is ['{', ..];

    /// <summary>Does what an ended process left: it may have done some of it.</summary>
    /// <returns>The answer.</returns>
    public Task<string> ResumeAsync(HandledMessage message, CancellationToken stopping) =>
        ExecuteAsync(
            JsonSerializer.Deserialize(message.Plan!, ControlJson.Default.ControlPlan)!,
            message,
            mayBeTold: true,
            stopping
        );

    private async Task<string> StartAsync(ControlPlan plan, HandledMessage message, CancellationToken stopping)
    {
        var acting = message with
        {
            State = HandledMessageState.Acting,
            Plan = JsonSerializer.Serialize(plan, ControlJson.Default.ControlPlan),
        };
        await context.Store.Messages.SaveAsync(acting).ConfigureAwait(false);
        return await ExecuteAsync(plan, acting, mayBeTold: false, stopping).ConfigureAwait(false);
    }

    // What is to be done, or the answer in its place.
    private async Task<(ControlPlan? Plan, string? Answer)> SettleAsync(
        ControlRequest request,
        MirrorRecord mirror,
        XsoarUser account,
        HandledMessage message,
        XsoarIdentity identity,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Xsoar.Client.SearchIncidentsAsync(
                new IncidentQuery { Ids = [mirror.InvestigationId], Size = 1 },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (
            found.Data.FirstOrDefault(incident => incident.Id == mirror.InvestigationId) is not { } incident
            || !incident.IsVisibleTo(account)
        )
            return (null, ControlReplies.NoIncident);
        if (request.Command == ChatCommand.Status)
            return (null, await StatusAsync(incident, cancellationToken).ConfigureAwait(false));
        if (incident.IsClosed)
            return (null, ControlReplies.IsClosed);
        var plan = new ControlPlan
        {
            Command = request.Command,
            InvestigationId = mirror.InvestigationId,
            Team = mirror.TeamName,
            Value = request.Argument,
            TaskId = request.TaskId,
            Done = "",
            Who =
                Markdown.Name(account.Name.Length > 0 ? account.Name : account.Username)
                + $" (@{Markdown.Name(identity.User!.Username)})",
        };
        switch (request.Command)
        {
            case ChatCommand.Severity:
                return IncidentFields.SeverityOf(request.Argument) is { } severity
                    ? (
                        plan with
                        {
                            Value = severity.ToString(CultureInfo.InvariantCulture),
                            Done = $"set the severity to {ChatTables.SeverityOf(severity)}",
                        },
                        null
                    )
                    : (null, ControlReplies.Usage(request.Command, context.Mattermost.BotUser.Username));
            case ChatCommand.Close:
                return (plan with { Done = "closed the incident" }, null);
            case ChatCommand.Note:
                return (plan with { Done = "added a note" }, null);
        }

        if (request.Command == ChatCommand.Assign)
        {
            var open = await context
                .Xsoar.Client.Tasks.ListAsync(mirror.InvestigationId, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            if (!open.Any(task => task.Id == request.TaskId))
                return (null, ControlReplies.NoTask(request.TaskId, open));
        }

        var (whom, problem) = await FindAsync(request.Argument, identity, cancellationToken).ConfigureAwait(false);
        if (whom is null)
            return (null, problem);
        var name = Markdown.Name(whom.Name.Length > 0 ? whom.Name : whom.Username);
        return (
            plan with
            {
                Value = whom.Username,
                Done =
                    request.Command == ChatCommand.Owner
                        ? $"set the owner to {name}"
                        : $"assigned task {Markdown.Name(request.TaskId)} to {name}",
            },
            null
        );
    }

    private async Task<string> StatusAsync(XsoarIncident incident, CancellationToken cancellationToken)
    {
        IReadOnlyList<XsoarTask>? tasks = null;
        try
        {
            tasks = await context
                .Xsoar.Client.Tasks.ListAsync(incident.Id, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Kind is not (ErrorKind.Unavailable or ErrorKind.Timeout))
        {
            // No playbook runs in it, or the key may not read tasks.
        }

        return ControlReplies.Status(incident, tasks, context.Xsoar.LinkTo(incident.Id));
    }

    private async Task<(XsoarUser? Account, string? Problem)> FindAsync(
        string name,
        XsoarIdentity asker,
        CancellationToken cancellationToken
    )
    {
        if (name.Equals("me", StringComparison.OrdinalIgnoreCase))
            return (asker.Account, null);
        var username = name.TrimStart('@').TrimEnd('.', ',', '!').ToLowerInvariant();
        if (username.Length == 0 || username.Any(char.IsWhiteSpace))
            return (null, ControlReplies.NoUser(Markdown.Name(Markdown.OneLine(name, 80))));
        try
        {
            var user = await context
                .Mattermost.Personal.Users.GetByUsernameAsync(username, cancellationToken)
                .ConfigureAwait(false);
            var identity = await context.Directory.FindAsync(user, cancellationToken).ConfigureAwait(false);
            return identity.Account is { } account
                ? (account, null)
                : (null, ControlReplies.NotInXsoar(Markdown.Name(user.Username), identity.Explanation));
        }
        catch (ApiException error) when (error.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            return (null, ControlReplies.NoUser(Markdown.Name(Markdown.OneLine(name, 80))));
        }
    }

    private async Task<string> ExecuteAsync(
        ControlPlan plan,
        HandledMessage message,
        bool mayBeTold,
        CancellationToken stopping
    )
    {
        var isDoubtful = mayBeTold;
        try
        {
            await _retry
                .RunAsync(
                    async () =>
                    {
                        // The entry is the last step but of a closing, whose War Room takes none afterwards.
                        var isTold =
                            isDoubtful && await _actions.IsToldAsync(plan, message, stopping).ConfigureAwait(false);
                        context.Runtime.StopPoints.At(StopPoint.MessageActing);
                        var closes = plan.Command == ChatCommand.Close;
                        if (!isTold && !closes)
                            await _actions.ActAsync(plan, stopping).ConfigureAwait(false);
                        isDoubtful = true;
                        if (!isTold)
                            await _actions.TellAsync(plan, message, stopping).ConfigureAwait(false);
                        context.Runtime.StopPoints.At(StopPoint.MessageActed);
                        if (closes)
                            await _actions.ActAsync(plan, stopping).ConfigureAwait(false);
                        return true;
                    },
                    ChatRetry.ManyTries,
                    stopping
                )
                .ConfigureAwait(false);
            return ControlReplies.Done(plan.Done);
        }
        catch (AttemptsExhaustedException exhausted)
        {
            context.Runtime.Log.Warning(
                ListenerLogEvents.MessageFailed,
                $"The command {plan.Command} of user {message.UserId} in message {message.PostId} failed: "
                    + exhausted.InnerException?.Message,
                null,
                new() { Error = exhausted.InnerException }
            );
            return ControlReplies.Refused(plan.Command, (exhausted.InnerException as ApiException)?.ServerWords);
        }
    }
}
