namespace MattermostXsoar.Completion;

/// <summary>As <see cref="TeamCompleter"/>, for a parameter that takes wildcards.</summary>
public sealed class TeamPatternCompleter : TeamCompleter
{
    private protected override bool TakesWildcards => true;
}
