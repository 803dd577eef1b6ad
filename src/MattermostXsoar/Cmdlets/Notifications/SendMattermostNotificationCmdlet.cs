using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Notifications;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Notifications;

/// <summary>Posts a notification as the bot: in a channel, to a person or to several.</summary>
[Cmdlet(
    VerbsCommunications.Send,
    "MattermostNotification",
    SupportsShouldProcess = true,
    DefaultParameterSetName = WithMessage
)]
[Alias("send-notification")]
[OutputType(typeof(MattermostPost), typeof(MattermostQuestion))]
public sealed partial class SendMattermostNotificationCmdlet : SessionCmdlet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NotificationTargets _targets;
    private readonly QuestionAsker _asker;

    /// <summary>Creates the cmdlet.</summary>
    public SendMattermostNotificationCmdlet()
    {
        _targets = new NotificationTargets(Warn);
        _asker = new QuestionAsker(_targets, Warn);
    }

    /// <summary>
    /// The text, in Mattermost's Markdown; several texts are its lines. Each input is a separate notification.
    /// </summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = WithMessage,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [Parameter(
        Position = 0,
        ParameterSetName = WithCard,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [Parameter(
        Position = 0,
        ParameterSetName = WithAttachment,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [AllowEmptyString]
    [TextOnly]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Message { get; set; } = [];

    /// <summary>The channel, by name, id or as an object; by default the session's notification channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "channel_id", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>
    /// One person, for a direct message, or several, for a group message: by id, username, e-mail address or as
    /// objects.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("User", "Username", "Email")]
    // With an unset variable a message for one person must not be sent to the default channel.
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    [NotUnset]
    [NumberAsText]
    public UserReference[]? To { get; set; }

    /// <summary>The War Room entry that the link leads to, e.g. <c>96@1234</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("entry", "entry_id")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? EntryId { get; set; }

    /// <summary>The investigation whose War Room the link leads to; by default that of the entry.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(InvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string? InvestigationId { get; set; }

    /// <summary>Adds no link to the War Room.</summary>
    [Parameter]
    public SwitchParameter IgnoreAddUrl { get; set; }

    /// <summary>
    /// The event of the notification, such as <c>incidentOpened</c>. A type that the session does not permit is not
    /// sent.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationTypeCompleter))]
    [NotUnset]
    public string? MessageType { get; set; }

    /// <summary>Asks a question: the message is the JSON of the original's Ask script.</summary>
    [Parameter(ParameterSetName = WithMessage)]
    [Alias("mattermost_ask")]
    public SwitchParameter MattermostAsk { get; set; }

    /// <summary>Writes the posts, or the question.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private readonly HashSet<string> _lookedUp = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    private protected override object? ErrorTarget => (object?)Channel ?? To ?? (object?)EntryId ?? Message;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!NotificationTypes.IsPermitted(MessageType, session.PermittedNotification))
        {
            // The original's text.
            Warn($"Message type is not in permitted options. Received: {MessageType}");
            return;
        }

        if (MattermostAsk)
        {
            await AskAsync(session, cancellationToken);
            return;
        }

        var extras = await ReadExtrasAsync(session, cancellationToken);
        var text = NotificationText.Compose(Text(), Card ? null : LinkOf(session));
        var target = await FindTargetAsync(session, extras.RootChannelId, cancellationToken);
        foreach (var warning in target.Warnings.Where(_warned.Add))
            Warn(warning);
        if (!await ShouldProcessAsync(target.Description, "Post a notification"))
            return;
        var channel = await target.OpenAsync(session, cancellationToken);
        var posts = PostSeries.WriteAsync(
            channel.Id,
            text,
            [],
            extras.RootId,
            session.PostSizeAsync,
            post => target.PostAsync(session, extras.AddTo(post), Explain, cancellationToken),
            cancellationToken
        );
        await foreach (var post in posts)
        {
            // The original's text.
            Explain($"Message sent to MatterMost successfully. Message ID is: {post.Id}");
            WarnIfWithoutPriority(post);
            if (PassThru)
                await WriteDescribedAsync(session, channel, post, cancellationToken);
        }

        if (InvestigationId is { } id && !IgnoreAddUrl && _lookedUp.Add(id))
            await WarnIfUnknownAsync(session, id, cancellationToken);
    }

    private async Task AskAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var draft = AskMessage.Parse(Text(), session.Options.Environment.TimeProvider.GetUtcNow(), Warn);
        var question = await _asker.AskAsync(
            session,
            draft,
            Channel,
            To,
            null,
            target => ShouldProcessAsync(target, "Ask a question"),
            cancellationToken
        );
        if (question is null)
            return;
        Explain($"Message sent to MatterMost successfully. Message ID is: {question.PostId}");
        if (PassThru)
            await WriteAsync(question);
    }

    // After the post, which must not wait for another server.
    private async Task WarnIfUnknownAsync(MattermostSession session, string id, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = TimeLimit.Start(limited, Patience, session.Options.Environment.TimeProvider);
        try
        {
            var found = await session.Xsoar.SearchIncidentsAsync(
                new IncidentQuery { Ids = [id], Size = 1 },
                limited.Token
            );
            if (!found.Data.Any(incident => incident.Id == id))
                Warn($"XSOAR finds no incident '{id}', so the link in the message may lead nowhere.");
        }
        catch (MattermostXsoarException error)
        {
            Explain($"Whether there is an incident '{id}' could not be looked up: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Explain($"Whether there is an incident '{id}' could not be looked up in time.");
        }
    }

    private string Text()
    {
        var text = string.Join("\n", Message);
        return !string.IsNullOrWhiteSpace(text) || ParameterSetName != WithMessage
            ? text
            : throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "The message is empty: Mattermost does not accept an empty post.",
                "Give a -Message."
            );
    }

    private Uri? LinkOf(MattermostSession session)
    {
        if (IgnoreAddUrl || (EntryId is null && InvestigationId is null))
            return null;
        var investigation =
            InvestigationId
            ?? NotificationText.InvestigationOf(EntryId!)
            ?? throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"The entry id '{EntryId}' does not contain its investigation.",
                "Give the whole id, e.g. 96@1234, or -InvestigationId."
            );
        return session.WarRoomLink(investigation, EntryId);
    }
}
