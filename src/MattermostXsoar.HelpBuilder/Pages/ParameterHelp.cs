namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A parameter: what it is for, and how it is used in each parameter set.</summary>
internal sealed record ParameterHelp(
    string Name,
    IReadOnlyList<string> Description,
    IReadOnlyList<ParameterUse> Uses,
    int Line
)
{
    /// <summary>How it is used in a set; null if it is not in the set.</summary>
    public ParameterUse? In(string set) =>
        Uses.FirstOrDefault(use => use.Sets.Contains(ParameterUse.EverySet) || use.Sets.Contains(set));
}
