namespace MattermostXsoar.Core.Mattermost;

/// <summary>Mattermost's ids: 26 characters of a lower-case base 32. A name could look the same, so this is only a
/// hint.</summary>
internal static class MattermostId
{
    private const int Length = 26;

    public static bool IsPossible(string text) =>
        text.Length == Length && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
