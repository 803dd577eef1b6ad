using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Questions;

/// <summary>Cancels questions; those that have ended stay as they are.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MattermostQuestion", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostQuestion))]
public sealed class StopMattermostQuestionCmdlet : SessionCmdlet
{
    /// <summary>The numbers of the questions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    [NotUnset]
    public long[] Id { get; set; } = [];

    private protected override object? ErrorTarget => Id;

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(
            Id,
            async id =>
            {
                var question = session.Questions.Get(id);
                if (
                    question.IsOpen
                    && !await ShouldProcessAsync($"Question {id} in channel '{question.ChannelName}'", "Cancel")
                )
                    return;
                await WriteAsync(await session.Questions.CancelAsync(id, cancellationToken));
            }
        );
}
