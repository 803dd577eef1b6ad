using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Questions;

/// <summary>Waits until questions are answered, expire or are cancelled.</summary>
[Cmdlet(VerbsLifecycle.Wait, "MattermostQuestion")]
[OutputType(typeof(MattermostQuestion))]
public sealed class WaitMattermostQuestionCmdlet : SessionCmdlet
{
    private readonly List<long> _ids = [];

    /// <summary>The numbers of the questions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    [NotUnset]
    public long[] Id { get; set; } = [];

    /// <summary>Waits for one of them only.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>How long to wait, in seconds; by default until they end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    private protected override object? ErrorTarget => Id;

    private protected override bool WorksAtEnd => true;

    private protected override bool TryCollect()
    {
        _ids.AddRange(Id.Except(_ids));
        return true;
    }

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    private protected override async Task EndAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)))
            limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            var waiting = session.Questions.WaitAsync(_ids, Any, limit.Token);
            if (!waiting.IsCompleted && session.Questions.Problem is { } problem)
                Warn(problem);
            await WriteAsync(await waiting, enumerate: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MattermostXsoarException(
                ErrorIds.RequestTimeout,
                ErrorKind.Timeout,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The questions were not answered within {0} s.",
                    TimeoutSec
                ),
                "Get-MattermostQuestion shows them; they stay open until they expire."
            );
        }
    }
}
