namespace MattermostXsoar.Completion;

/// <summary>As <see cref="UserCompleter"/>, for a parameter that takes wildcards.</summary>
public sealed class UserPatternCompleter : UserCompleter
{
    private protected override bool TakesWildcards => true;
}
