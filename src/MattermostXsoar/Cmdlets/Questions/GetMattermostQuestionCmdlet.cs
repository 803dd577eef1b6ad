using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Questions;

/// <summary>Gets the questions of the session's state file, with their answers.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostQuestion")]
[OutputType(typeof(MattermostQuestion))]
public sealed class GetMattermostQuestionCmdlet : SessionCmdlet
{
    /// <summary>The numbers of the questions; by default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    [NotUnset]
    public long[]? Id { get; set; }

    /// <summary>Only questions that have come so far.</summary>
    [Parameter]
    [NotUnset]
    public QuestionState[]? Status { get; set; }

    private protected override object? ErrorTarget => Id;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (Id is null)
            await WriteAsync(session.Questions.Get().Where(IsWanted).ToList(), enumerate: true);
        else
            await ForEachAsync(
                Id,
                id => WriteAsync(new[] { session.Questions.Get(id) }.Where(IsWanted).ToList(), enumerate: true)
            );
    }

    private bool IsWanted(MattermostQuestion question) => Status is null || Status.Contains(question.Status);
}
