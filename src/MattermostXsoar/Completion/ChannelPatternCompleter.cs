namespace MattermostXsoar.Completion;

/// <summary>As <see cref="ChannelCompleter"/>, for a parameter that takes wildcards.</summary>
public sealed class ChannelPatternCompleter : ChannelCompleter
{
    private protected override bool TakesWildcards => true;
}
