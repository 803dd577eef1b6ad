namespace MattermostXsoar.Completion;

/// <summary>Completes what a message can mention: usernames, and the words that mean everybody.</summary>
public sealed class MentionCompleter : SessionCompleter
{
    private static readonly Candidate[] Everybody =
    [
        new("all", "everybody in the channel"),
        new("channel", "everybody in the channel"),
        new("here", "everybody in the channel who is online"),
    ];

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) => [.. await UserCompleter.SuggestAsync(request, patience), .. Everybody];
}
