using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Handles one recorded message to its end: finds out who wrote it and what they may do, does it, answers. Each step is
/// on disk before it is taken, and what an ended process may have done is looked up before it is done again.
/// </summary>
internal sealed class BotMessageHandler
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MirrorContext _context;
    private readonly ChatSettings _settings;
    private readonly PersonRateLimit _rate;
    private readonly ChatRetry _calls;
    private readonly ChatReading _reading;
    private readonly IncidentCreation _creation;
    private readonly BotReplies _replies;

    public BotMessageHandler(MirrorContext context, ChatSettings settings)
    {
        _context = context;
        _settings = settings;
        _rate = new PersonRateLimit(settings.MostPerMinute, Minute);
        _calls = new ChatRetry(context, ListenerLogEvents.MessageFailed);
        _reading = new ChatReading(context, settings);
        _creation = new IncidentCreation(context, settings);
        _replies = new BotReplies(context);
    }

    public async Task HandleAsync(HandledMessage message, CancellationToken stopping)
    {
        var isNew = message.State != HandledMessageState.Replying;
        if (isNew)
        {
            var reply = await AnswerAsync(message, stopping).ConfigureAwait(false);
            message = message with
            {
                State = reply is null ? HandledMessageState.Done : HandledMessageState.Replying,
                Reply = reply,
            };
            await _context.Store.Messages.SaveAsync(message).ConfigureAwait(false);
            if (reply is null)
                return;
        }

        await _replies.SendAsync(message, mayBePosted: !isNew, stopping).ConfigureAwait(false);
        await _context
            .Store.Messages.SaveAsync(message with { State = HandledMessageState.Done })
            .ConfigureAwait(false);
        _context.Runtime.Log.Verbose(
            ListenerLogEvents.MessageAnswered,
            $"The message {message.PostId} of user {message.UserId} was answered."
        );
    }

    // Null for no answer.
    private async Task<string?> AnswerAsync(HandledMessage message, CancellationToken stopping)
    {
        try
        {
            return message.State == HandledMessageState.Acting
                ? await _creation.ResumeAsync(message, stopping).ConfigureAwait(false)
                : await AnswerNewAsync(message, stopping).ConfigureAwait(false);
        }
        catch (AttemptsExhaustedException exhausted)
        {
            _context.Runtime.Log.Warning(
                ListenerLogEvents.MessageFailed,
                $"What user {message.UserId} asked for in message {message.PostId} failed: "
                    + exhausted.InnerException?.Message,
                null,
                new() { Error = exhausted.InnerException }
            );
            return ChatReplies.Failed;
        }
    }

    private async Task<string?> AnswerNewAsync(HandledMessage message, CancellationToken stopping)
    {
        var rate = _rate.Count(message.UserId, message.WrittenAt);
        if (rate == PersonRate.Ignore)
            return null;
        var identity = await _calls
            .RunAsync(() => _context.Directory.FindAsync(message.UserId, stopping), ChatRetry.FewTries, stopping)
            .ConfigureAwait(false);
        if (identity.Doubt is AccountDoubt.Bot or AccountDoubt.Deactivated)
            return null;
        if (rate == PersonRate.Tell)
            return ChatReplies.TooFast(_settings.MostPerMinute);
        var request = BotRequestParser.Parse(message.Text);
        if (request.Kind == BotRequestKind.NewIncident)
            return identity.Account is null && !_settings.AllowExternalIncidents
                ? $"{ChatReplies.NotAllowed}\n{identity.Explanation}"
                : await _creation.CreateAsync(message, identity, stopping).ConfigureAwait(false);
        if (identity.Account is not { } account)
            return _settings.AllowExternalIncidents
                ? ChatReplies.ExternalUser
                : ChatReplies.UnknownUser(identity.User!.Username, identity.Explanation);
        return request.Kind == BotRequestKind.Help
            ? ChatReplies.Help
            : await _calls
                .RunAsync(() => _reading.AnswerAsync(request, account, message, stopping), ChatRetry.FewTries, stopping)
                .ConfigureAwait(false);
    }
}
