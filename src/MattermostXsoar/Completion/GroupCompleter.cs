namespace MattermostXsoar.Completion;

/// <summary>Completes the names of groups, or the display name of a group that has no other.</summary>
public sealed class GroupCompleter : SessionCompleter
{
    private const int Most = 100;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        request.Session.Completions.GetAsync(
            $"groups like {request.Word}",
            async token =>
            {
                var groups = await request.Session.Personal.Groups.ListAsync(request.Word, 0, Most, token);
                return groups
                    .Where(group => (group.Name + group.DisplayName).Length > 0)
                    .Select(group => new Candidate(
                        group.Name.Length > 0 ? group.Name : group.DisplayName,
                        group.DisplayName
                    ));
            },
            patience
        );
}
