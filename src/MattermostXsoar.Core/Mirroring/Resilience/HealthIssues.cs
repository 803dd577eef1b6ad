namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>
/// What holds up the parts of a mirror, in the order in which it began: the later issues are mostly consequences of the
/// first. Where the channel itself is the problem, or else the investigation, it explains all others, whenever they
/// began: a reading or a delivery may fail before the check that finds out why. Not thread-safe.
/// </summary>
internal sealed class HealthIssues
{
    private readonly List<(MirrorPart Part, HealthIssue Issue)> _issues = [];

    public int Count => _issues.Count;

    /// <summary>The issue that explains the others; null when there is none.</summary>
    public HealthIssue? First =>
        Of(MirrorPart.Channel)
        ?? Of(MirrorPart.Investigation)
        ?? (_issues.Count > 0 ? _issues[0].Issue : (HealthIssue?)null);

    /// <summary>A part's issue; null when it has none.</summary>
    public HealthIssue? Of(MirrorPart part) =>
        _issues.FindIndex(known => known.Part == part) is >= 0 and var at ? _issues[at].Issue : null;

    /// <summary>Gives a part an issue; another one of the same part is replaced in its place.</summary>
    public void Set(MirrorPart part, HealthIssue issue)
    {
        if (_issues.FindIndex(known => known.Part == part) is >= 0 and var at)
            _issues[at] = (part, issue);
        else
            _issues.Add((part, issue));
    }

    /// <summary>A part has no issue any more.</summary>
    /// <returns>Whether it had one.</returns>
    public bool Remove(MirrorPart part) => _issues.RemoveAll(known => known.Part == part) > 0;
}
