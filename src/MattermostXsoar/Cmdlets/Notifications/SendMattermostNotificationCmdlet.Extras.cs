using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Notifications;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Notifications;

/// <content>Threads, attachments, cards and priorities.</content>
public sealed partial class SendMattermostNotificationCmdlet
{
    private const string WithMessage = "Message";
    private const string WithCard = "Card";
    private const string WithAttachment = "Attachment";

    // posts.yaml: "Minimum server version: 7.7"; older ones ignore the priority without a word.
    private static readonly Version FirstWithPriority = new(7, 7);

    private PostReader? _reader;
    private bool _isPriorityWarned;

    /// <summary>The post to reply to, by id, address or as an object; the notification becomes part of its thread.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotUnset]
    public PostReference? RootPost { get; set; }

    /// <summary>
    /// Blocks below the text, as hashtables with Color, Title, TitleLink, Text, Pretext, Fields, Fallback and Footer.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = WithAttachment)]
    [Parameter(ParameterSetName = WithCard)]
    [AttachmentInput]
    [NotUnset]
    public MattermostAttachment[] Attachment { get; set; } = [];

    /// <summary>Adds a card of the investigation: its name with a link, severity, status and owner.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WithCard)]
    public SwitchParameter Card { get; set; }

    /// <summary>The priority.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(NotificationPriority))]
    [KnownValue]
    public NotificationPriority Priority { get; set; } = NotificationPriority.Standard;

    /// <summary>Asks the readers to acknowledge it.</summary>
    [Parameter]
    public SwitchParameter RequestAcknowledgement { get; set; }

    private bool HasPriority => Priority != NotificationPriority.Standard || RequestAcknowledgement;

    private async Task<NotificationExtras> ReadExtrasAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        CheckPriority(session);
        var attachments = new List<MattermostAttachment>(Attachment);
        if (Card)
            attachments.Insert(
                0,
                IncidentCard.Of(await session.Incidents.GetAsync(Investigation(), cancellationToken))
            );
        var root = RootPost is null
            ? null
            : await (_reader ??= session.CreatePostReader()).GetAsync(RootPost.Id, cancellationToken);
        return new NotificationExtras
        {
            // Mattermost's threads have one level.
            RootId =
                root is null ? null
                : root.RootId.Length > 0 ? root.RootId
                : root.Id,
            RootChannelId = root?.ChannelId,
            Attachments = attachments,
            Priority = HasPriority
                ? new NewPostPriority
                {
                    Priority = Priority == NotificationPriority.Standard ? "" : Priority.ToString().ToLowerInvariant(),
                    RequestedAck = RequestAcknowledgement,
                }
                : null,
        };
    }

    private string Investigation() =>
        InvestigationId
        ?? (EntryId is null ? null : NotificationText.InvestigationOf(EntryId))
        ?? throw new MattermostXsoarException(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            "A card needs an investigation.",
            "Give -InvestigationId, or pipe an incident: Get-XsoarIncident 1234 | Send-MattermostNotification -Card."
        );

    private void CheckPriority(MattermostSession session)
    {
        if (!HasPriority)
            return;
        if (RootPost is not null)
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "A reply cannot have a priority or ask for acknowledgement: Mattermost allows that for first posts only.",
                "Omit -RootPost, or -Priority and -RequestAcknowledgement."
            );
        var version = ProductVersion.Parse(session.ServerVersion);
        if (version != ProductVersion.Unknown && version < FirstWithPriority)
            throw new MattermostXsoarException(
                ErrorIds.ServerTooOld,
                ErrorKind.NotImplemented,
                $"Priorities and acknowledgements need Mattermost {FirstWithPriority} or later; this server is "
                    + $"{session.ServerVersion}.",
                "Omit -Priority and -RequestAcknowledgement, or update the server."
            );
    }

    private async Task<PostTarget> FindTargetAsync(
        MattermostSession session,
        string? rootChannelId,
        CancellationToken cancellationToken
    )
    {
        if (rootChannelId is null)
            return await _targets.FindAsync(session, Channel, To, cancellationToken);
        var target = await _targets.FindAsync(
            session,
            To is null ? new ChannelReference(rootChannelId) : Channel,
            To,
            cancellationToken
        );
        var asked =
            Channel is null && To is null
                ? rootChannelId
                : (
                    await (
                        To is not null ? target : await _targets.FindAsync(session, Channel, null, cancellationToken)
                    ).OpenAsync(session, cancellationToken)
                ).Id;
        return asked == rootChannelId
            ? target
            : throw new MattermostXsoarException(
                ErrorIds.ConflictingTarget,
                ErrorKind.InvalidArgument,
                "The post to reply to is in another channel than the one that is given.",
                "Omit -Channel and -To: a reply goes to the channel of its thread."
            );
    }

    // A system administrator can switch priorities off; the server then ignores them.
    private void WarnIfWithoutPriority(MattermostPost post)
    {
        if (_isPriorityWarned || Priority == NotificationPriority.Standard || post.Priority.Length > 0)
            return;
        _isPriorityWarned = true;
        Warn("Mattermost posted the notification without its priority: priorities are switched off on this server.");
    }

    private async Task WriteDescribedAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostPost post,
        CancellationToken cancellationToken
    )
    {
        await (_reader ??= session.CreatePostReader()).DescribeAsync(channel, [post], cancellationToken);
        await WriteAsync(post);
    }
}
