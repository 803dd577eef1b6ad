using System.Globalization;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes the numbers of open questions, from the state file.</summary>
public sealed class QuestionCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        request.Session.Completions.GetAsync(
            "questions",
            _ =>
                Task.FromResult(
                    File.Exists(request.Session.Mirrors.StatePath)
                        ? request
                            .Session.Questions.Get()
                            .Where(question => question.IsOpen)
                            .Select(question => new Candidate(
                                question.Id.ToString(CultureInfo.InvariantCulture),
                                $"{question.Question} ({question.ChannelName})"
                            ))
                        : []
                ),
            patience
        );
}
