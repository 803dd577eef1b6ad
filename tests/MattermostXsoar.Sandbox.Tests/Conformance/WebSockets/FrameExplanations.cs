namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Why the sandbox's frames of a call are not the recorded ones, and why that is right.</summary>
internal static class FrameExplanations
{
    private const string Joining =
        "chance: the real server knows from a list of its own in which channels a connection's person is, and renews it when somebody has "
        + "joined a team; whether the joining person hears of that in the team's own channels hangs on when the list was last renewed. The sandbox never says it to them.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["rest-teams-create-private"] = Joining,
        ["rest-teams-member-add-user1-to-new-team"] = Joining,
    };

    public static string? Of(string call) => Reasons.GetValueOrDefault(call);
}
