namespace MattermostXsoar.Core.People.Questions;

/// <summary>How often questions are looked at. Between two looks no server is asked.</summary>
internal sealed record QuestionIntervals
{
    /// <summary>How often the store is asked for questions of other processes.</summary>
    public TimeSpan StoreCheck { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the process that asks is given to write the post and add its reactions.</summary>
    public TimeSpan PostingGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After that time a question whose post is nowhere was never posted.</summary>
    public TimeSpan PostingLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a question that has ended is kept.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(90);
}
