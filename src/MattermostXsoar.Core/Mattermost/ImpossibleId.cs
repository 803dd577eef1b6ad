using System.Text.Json;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// Finds what of a request cannot be an id, or an address, where the server refused one without saying which in a way
/// that does not depend on its language.
/// </summary>
internal static class ImpossibleId
{
    private static readonly Dictionary<string, ResourceKind> ByCollection = new(StringComparer.Ordinal)
    {
        ["channels"] = ResourceKind.Channel,
        ["teams"] = ResourceKind.Team,
        ["users"] = ResourceKind.User,
        ["members"] = ResourceKind.User,
        ["posts"] = ResourceKind.Post,
        ["files"] = ResourceKind.File,
        ["groups"] = ResourceKind.Group,
    };

    /// <summary>What the path names by an impossible id or address; null for nothing.</summary>
    public static ResourceKind? InPath(ApiRequest request)
    {
        var segments = request.Path.Split('?')[0].Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            // The server refuses an address or a name only if no user can have it.
            if (segments[i - 1] is "email" or "username")
                return ResourceKind.User;
            if (
                ByCollection.TryGetValue(segments[i - 1], out var kind)
                && segments[i] is not ("me" or "email" or "username" or "name")
                && !MattermostId.IsPossible(segments[i])
            )
                return kind;
        }

        return null;
    }

    /// <summary>What the body names by an impossible id, as far as that is not what the call is about; null for nothing.</summary>
    public static ResourceKind? InBody(ApiRequest request)
    {
        // Of an upload the server checks nothing but its channel.
        if (request.Upload is not null)
            return ResourceKind.Channel;
        if (request.Body is not { } body)
            return null;
        using var json = JsonDocument.Parse(body);
        return
            json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("user_id", out var id)
            && id.ValueKind == JsonValueKind.String
            && !MattermostId.IsPossible(id.GetString()!)
            ? ResourceKind.User
            : null;
    }
}
