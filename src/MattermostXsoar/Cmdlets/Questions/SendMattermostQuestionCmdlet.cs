using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Questions;

/// <summary>Asks people a question, which they answer by a reply or a reaction.</summary>
[Cmdlet(VerbsCommunications.Send, "MattermostQuestion", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostQuestion))]
public sealed class SendMattermostQuestionCmdlet : SessionCmdlet
{
    private readonly QuestionAsker _asker;

    /// <summary>Creates the cmdlet.</summary>
    public SendMattermostQuestionCmdlet() => _asker = new QuestionAsker(new NotificationTargets(Warn), Warn);

    /// <summary>The question.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TextOnly]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Message { get; set; } = "";

    /// <summary>The answers to choose from, two to nine; by default <c>yes</c> and <c>no</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Options")]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    [NumberAsText]
    public string[] Option { get; set; } = ["yes", "no"];

    /// <summary>The channel, by name, id or as an object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "channel_id", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>One person, or several: by id, username, e-mail address or as objects.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("User", "Username", "Email")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    [NotUnset]
    [NumberAsText]
    public UserReference[]? To { get; set; }

    /// <summary>Asks in the thread of this post, by its id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string? RootPost { get; set; }

    /// <summary>Who may answer; by default whom it is sent to, and in a channel all people in it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    [NotUnset]
    [NumberAsText]
    public UserReference[]? Answerer { get; set; }

    /// <summary>How many different people have to choose the same answer.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Votes { get; set; } = 1;

    /// <summary>How long it waits: <c>1 day</c>, <c>2 hours</c>, or a time span.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string Lifetime { get; set; } = "1 day";

    /// <summary>What counts as the answer when nobody answers in time.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("default_response")]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string? DefaultResponse { get; set; }

    /// <summary>What replaces the answered question; <c>{user}</c> and <c>{response}</c> are filled in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string? Reply { get; set; }

    /// <summary>The investigation that gets the answer, as an entry.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(InvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string? InvestigationId { get; set; }

    /// <summary>The playbook task that the answer completes, by its number or tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("task")]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    [NumberAsText]
    public string? TaskId { get; set; }

    /// <summary>The entitlement, <c>guid@incident|task</c>, in place of investigation and task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string? Entitlement { get; set; }

    /// <summary>The tag of the answer's entry.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter)), NotUnset]
    public string? ReplyEntriesTag { get; set; }

    /// <summary>Takes further answers after the first one, until it expires.</summary>
    [Parameter]
    public SwitchParameter Persistent { get; set; }

    /// <summary>Waits for the answer.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override object? ErrorTarget => Message;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var draft = QuestionDraft.Of(Message, Option, InvestigationId, TaskId, Entitlement) with
        {
            Votes = Votes,
            Lifetime = QuestionLifetime.ParseOrDefault(Lifetime, Warn),
            DefaultResponse = DefaultResponse ?? QuestionText.DefaultResponse,
            Reply = Reply ?? QuestionText.Reply,
            EntriesTag = ReplyEntriesTag ?? "",
            IsPersistent = Persistent,
            Answerers = Answerer is null ? [] : await QuestionAsker.PeopleAsync(session, Answerer, cancellationToken),
        };
        var question = await _asker.AskAsync(
            session,
            draft,
            Channel,
            To,
            RootPost,
            target => ShouldProcessAsync(target, "Ask a question"),
            cancellationToken
        );
        if (question is not null)
            await WriteAsync(
                Wait ? (await session.Questions.WaitAsync([question.Id], false, cancellationToken))[0] : question
            );
    }
}
