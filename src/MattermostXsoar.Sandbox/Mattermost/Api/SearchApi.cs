using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Search for posts and files in the channels of a team that the caller is in.</summary>
internal static class SearchApi
{
    private const int Most = 100;

    private static readonly KeyValuePair<string, string>[] NotKept =
    [
        new("Cache-Control", "no-cache, no-store, must-revalidate"),
    ];

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "POST",
            "/api/v4/teams/{}/posts/search",
            call =>
            {
                var (search, channels) = Prepare(world, call);
                return world.Locked(() =>
                {
                    var found = Posts(channels)
                        .Where(it => !it.Post.IsSystem && search.Finds(world, it.Channel, it.Post))
                        .Select(static it => it.Post)
                        .OrderByDescending(static post => post.CreateAt)
                        .Take(Most)
                        .ToList();
                    return new Answer(200, PostPages.Found(world, found)) { Headers = NotKept };
                });
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/files/search",
            call =>
            {
                var (search, channels) = Prepare(world, call);
                return world.Locked(() =>
                {
                    var found = Posts(channels)
                        .SelectMany(it => world.Files(it.Post))
                        .Where(file => search.FindsText(file.Name))
                        .OrderByDescending(static file => file.CreateAt)
                        .Take(Most)
                        .ToList();
                    return new Answer(200, Json.Bytes((world, found), WriteFiles)) { Headers = NotKept };
                });
            }
        );
    }

    private static (PostSearch Search, IReadOnlyList<SandboxChannel> Channels) Prepare(
        MattermostWorld world,
        ApiCall call
    )
    {
        var teamId = Demand.UrlId(call.Values[0], "team_id");
        if (!Demand.InTeam(world, call.User, teamId))
            throw MattermostException.Forbidden(call.User.Id, "view_team");
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("terms");
        var search = new PostSearch(
            json.Text("terms") ?? "",
            json.TryGetProperty("is_or_search", out var any) && any.ValueKind == JsonValueKind.True
        );
        if (search.IsEmpty)
            throw MattermostException.BodyParameter("terms");
        return (
            search,
            [
                .. world.Channels.Where(channel =>
                    (channel.TeamId == teamId || channel.IsDirect)
                    && channel.Members.ContainsKey(call.User.Id)
                    && !channel.IsArchived
                ),
            ]
        );
    }

    private static IEnumerable<(SandboxChannel Channel, SandboxPost Post)> Posts(
        IReadOnlyList<SandboxChannel> channels
    ) =>
        channels.SelectMany(static channel =>
            channel.Posts.Where(static post => post.DeleteAt == 0).Select(post => (channel, post))
        );

    private static void WriteFiles(Utf8JsonWriter writer, (MattermostWorld World, List<SandboxFile> Files) it)
    {
        var files = it.Files;
        writer.WriteStartObject();
        writer.WriteStartArray("order"u8);
        files.ForEach(file => writer.WriteStringValue(file.Id));
        writer.WriteEndArray();
        writer.WriteStartObject("file_infos"u8);
        foreach (var file in files)
        {
            writer.WritePropertyName(file.Id);
            PostJson.WriteFile(writer, file, it.World.Version, file.ChannelId);
        }
        writer.WriteEndObject();
        writer.WriteString("next_file_info_id"u8, "");
        writer.WriteString("prev_file_info_id"u8, "");
        writer.WriteEndObject();
    }
}
