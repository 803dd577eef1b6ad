using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The limits of the server's edition.</summary>
internal static class LimitsApi
{
    // Of a server without a license.
    private const int MostUsers = 200;
    private const int MostUsersForSure = 250;

    public static void Map(RouteTable routes, MattermostWorld world) =>
        routes.Map(
            "GET",
            "/api/v4/limits/server",
            call =>
            {
                // Only administrators see the numbers of users.
                var (most, mostForSure, active) = call.User.IsSystemAdmin
                    ? (MostUsers, MostUsersForSure, world.Users.Count(static it => !it.IsBot && it.DeleteAt == 0))
                    : (0, 0, 0);
                var (limit, last) = world.HistoryLimit is { } it ? (it, world.LastAccessiblePostTime) : (0, 0);
                return new Answer(
                    200,
                    Json.Bytes(writer =>
                    {
                        writer.WriteStartObject();
                        writer.WriteNumber("maxUsersLimit"u8, most);
                        writer.WriteNumber("maxUsersHardLimit"u8, mostForSure);
                        writer.WriteNumber("activeUserCount"u8, active);
                        writer.WriteNumber("singleChannelGuestCount"u8, 0);
                        writer.WriteNumber("singleChannelGuestLimit"u8, 0);
                        writer.WriteNumber("postHistoryLimit"u8, limit);
                        writer.WriteNumber("lastAccessiblePostTime"u8, last);
                        writer.WriteEndObject();
                    })
                );
            }
        );
}
