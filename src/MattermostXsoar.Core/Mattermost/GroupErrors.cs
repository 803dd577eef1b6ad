using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Errors about groups that say more than the server does.</summary>
internal static class GroupErrors
{
    /// <summary>
    /// Whether the server changed nothing, which it does if one of the users is not in the group.
    /// </summary>
    public static bool IsUnchanged(ApiException refused) => refused.ServerErrorId == ServerErrorIds.GroupNotChanged;

    /// <summary>The server names neither the user nor the reason.</summary>
    public static ApiException Unchanged(MattermostGroup group, MattermostUser user, ApiException refused) =>
        new(
            refused.ErrorId,
            refused.Kind,
            $"The membership of {user} in the group '{group.DisplayName}' was not changed. {refused.Message}",
            "Mattermost answers so when the user is not in the group: Get-MattermostGroupMember lists the members. "
                + "Otherwise give the request id to the server's administrator.",
            refused
        )
        {
            StatusCode = refused.StatusCode,
            ServerErrorId = refused.ServerErrorId,
            RequestId = refused.RequestId,
        };
}
