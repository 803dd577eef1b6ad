namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>Why the sandbox's frames of a call differ from the recorded ones, and why that is right.</summary>
internal static class FrameExplanations
{
    private const string Joining =
        "timing: the real server keeps a list of the channels of each connection's user and updates it when someone has "
        + "joined a team; whether the joining user gets these events in the team's own channels depends on when the list "
        + "was last updated. The sandbox never sends them to that user.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["rest-teams-create-private"] = Joining,
        ["rest-teams-member-add-user1-to-new-team"] = Joining,
    };

    public static string? Of(string call) => Reasons.GetValueOrDefault(call);
}
