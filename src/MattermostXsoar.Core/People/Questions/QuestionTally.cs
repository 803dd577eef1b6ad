namespace MattermostXsoar.Core.People.Questions;

/// <summary>Counts the votes of a question.</summary>
internal static class QuestionTally
{
    /// <summary>
    /// The vote that decides: the one with which an option first has as many different people as are needed. Who chooses
    /// again takes back what they chose before. Null if nothing is decided.
    /// </summary>
    /// <param name="votes">The votes of those who may answer.</param>
    /// <param name="needed">How many people are needed.</param>
    public static QuestionVote? Decide(IEnumerable<QuestionVote> votes, int needed)
    {
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var vote in votes.OrderBy(vote => vote.At))
        {
            chosen[vote.UserId] = vote.Option;
            if (chosen.Values.Count(option => option == vote.Option) >= needed)
                return vote;
        }

        return null;
    }
}
