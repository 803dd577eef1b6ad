using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>Both servers, the store and the runtime, of which each part uses what it needs.</summary>
internal sealed record MirrorContext
{
    public required MattermostAccess Mattermost { get; init; }

    public required XsoarAccess Xsoar { get; init; }

    /// <summary>Which users of XSOAR the people in Mattermost are.</summary>
    public required XsoarUserDirectory Directory { get; init; }

    public required StateStore Store { get; init; }

    /// <summary>Whether a listener runs mirrors; a session without mirroring has one for questions.</summary>
    public bool RunsMirrors { get; init; } = true;

    public required MirrorRuntime Runtime { get; init; }
}
