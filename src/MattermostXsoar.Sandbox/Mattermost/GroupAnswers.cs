namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// How group calls answer where Mattermost's API description and the server's source differ: the body for adding and
/// removing members, the wrapping of lists by team and channel, the status for a group that is not custom, who may read
/// a group, and the answer of an unlicensed server from 6.3 on.
/// </summary>
public enum GroupAnswers
{
    /// <summary>As <c>groups.yaml</c> says.</summary>
    AsDescribed,

    /// <summary>As the server's source (9.x) does.</summary>
    AsServer,
}
