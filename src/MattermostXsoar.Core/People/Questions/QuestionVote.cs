namespace MattermostXsoar.Core.People.Questions;

/// <summary>An option that somebody has chosen, by a reply or a reaction.</summary>
/// <param name="SourceId">What it was chosen with: the reply's id, or whose reaction it is.</param>
/// <param name="PostId">The reply, or the question's post.</param>
/// <param name="UserId">Who has chosen it.</param>
/// <param name="Option">The number of the option, from 0.</param>
/// <param name="At">When, by Mattermost's clock (ms since 1970).</param>
internal sealed record QuestionVote(string SourceId, string PostId, string UserId, int Option, long At);
