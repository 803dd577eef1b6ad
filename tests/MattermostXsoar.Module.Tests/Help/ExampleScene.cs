using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>What the examples of one page need. The scripts see <c>$sandbox</c> and the variables of a scene.</summary>
internal sealed record ExampleScene
{
    /// <summary>The servers: the sandbox's own people, channels and incidents, and three groups.</summary>
    public SandboxOptions Options { get; init; } = GroupScene.Licensed;

    /// <summary>How the session is connected before the first example; empty for no session.</summary>
    public string Connect { get; init; } = Scene.Connect + " -NoListener -NotificationChannel alerts";

    /// <summary>Runs before the first example.</summary>
    public string Setup { get; init; } = "";

    /// <summary>Runs before an example, by its number.</summary>
    public IReadOnlyDictionary<int, string> Before { get; init; } = new Dictionary<int, string>();

    /// <summary>The ids in the examples' code, each with an expression for the sandbox's own.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();

    /// <summary>Examples that cannot run here, by their number, each with the reason.</summary>
    public IReadOnlyDictionary<int, string> NotRun { get; init; } = new Dictionary<int, string>();
}
