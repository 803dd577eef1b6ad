using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>The users of XSOAR.</summary>
internal sealed class XsoarUsers(XsoarRoutes routes, bool hasKeyId)
{
    /// <summary>All users.</summary>
    /// <exception cref="Errors.ApiException">PermissionDenied where the key may not list them.</exception>
    public async Task<IReadOnlyList<XsoarUser>> ListAsync(CancellationToken cancellationToken)
    {
        if (!hasKeyId)
            return await routes
                .SendAsync(
                    new XsoarRequest("users", HttpMethod.Get, "/users") { Answer = AnswerSize.List },
                    XsoarJson.Default.ListXsoarUser,
                    cancellationToken
                )
                .ConfigureAwait(false);
        // 8.x has users on the platform's own API, at the root of the host.
        var request = new XsoarRequest("get_users", HttpMethod.Post, "/public_api/v1/rbac/get_users")
        {
            IsAtRoot = true,
            Body = "{}"u8.ToArray(),
            Effect = RequestEffect.Read,
            Answer = AnswerSize.List,
        };
        var users = await routes
            .SendAsync(request, XsoarJson.Default.PlatformUsers, cancellationToken)
            .ConfigureAwait(false);
        return [.. users.Reply.Select(user => user.ToUser())];
    }
}
