using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Words what the server leaves unsaid about a group that could not be changed.</summary>
internal static class GroupErrors
{
    /// <summary>Whether the server changed nothing, as it does for the sake of one user who is not in the
    /// group.</summary>
    public static bool IsUnchanged(ApiException refused) => refused.ServerErrorId == ServerErrorIds.GroupNotChanged;

    /// <summary>The server says neither who it was nor why.</summary>
    public static ApiException Unchanged(MattermostGroup group, MattermostUser user, ApiException refused) =>
        new(
            refused.ErrorId,
            refused.Kind,
            $"The membership of {user} in the group '{group.DisplayName}' was not changed. {refused.Message}",
            "Mattermost answers so when the user is not in the group: Get-MattermostGroupMember lists who is. Otherwise give the request id to the "
                + "server's administrator.",
            refused
        )
        {
            StatusCode = refused.StatusCode,
            ServerErrorId = refused.ServerErrorId,
            RequestId = refused.RequestId,
        };
}
