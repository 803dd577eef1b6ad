namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>An argument as the original integration documents it.</summary>
/// <param name="Values">What it may be; empty where anything may.</param>
internal sealed record DocumentedArgument(string Name, bool Required, IReadOnlyList<string> Values)
{
    /// <summary>Whether it is yes or no: a switch here (DESIGN §9.9).</summary>
    public bool IsYesOrNo => Values.Order().SequenceEqual(["false", "true"]);
}
