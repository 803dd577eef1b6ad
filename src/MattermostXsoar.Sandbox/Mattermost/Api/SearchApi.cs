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
        routes.Map("POST", "/api/v4/teams/{}/posts/search", call => Posts(world, call, Team(world, call)));
        routes.Map("POST", "/api/v4/teams/{}/files/search", call => Files(world, call, Team(world, call)));
        if (!world.Version.SearchesAllTeams)
            return;
        routes.Map("POST", "/api/v4/posts/search", call => Posts(world, call, null));
        routes.Map("POST", "/api/v4/files/search", call => Files(world, call, null));
    }

    private static string Team(MattermostWorld world, ApiCall call)
    {
        var teamId = Demand.UrlId(call.Values[0], "team_id");
        return Demand.InTeam(world, call.User, teamId)
            ? teamId
            : throw MattermostException.Forbidden(call.User.Id, "view_team");
    }

    private static Answer Posts(MattermostWorld world, ApiCall call, string? teamId)
    {
        var (search, channels, skip, take) = Prepare(world, call, teamId);
        return world.Locked(() =>
        {
            var found = Posts(channels)
                .Where(it => !it.Post.IsSystem && search.Finds(world, it.Channel, it.Post))
                .Select(static it => it.Post)
                .OrderByDescending(static post => post.CreateAt)
                .Skip(skip)
                .Take(take)
                .ToList();
            return new Answer(200, PostPages.Found(world, found)) { Headers = NotKept };
        });
    }

    private static Answer Files(MattermostWorld world, ApiCall call, string? teamId)
    {
        var (search, channels, skip, take) = Prepare(world, call, teamId);
        return world.Locked(() =>
        {
            var found = Posts(channels)
                .SelectMany(it => world.Files(it.Post))
                .Where(file => search.FindsText(file.Name))
                .OrderByDescending(static file => file.CreateAt)
                .Skip(skip)
                .Take(take)
                .ToList();
            return new Answer(200, Json.Bytes((world, found), WriteFiles)) { Headers = NotKept };
        });
    }

    /// <summary>The search, and the caller's channels of a team or, without a team, of all.</summary>
    private static (PostSearch Search, IReadOnlyList<SandboxChannel> Channels, int Skip, int Take) Prepare(
        MattermostWorld world,
        ApiCall call,
        string? teamId
    )
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("terms");
        var search = new PostSearch(json.Text("terms") ?? "", json.Flag("is_or_search") == true);
        if (search.IsEmpty)
            throw MattermostException.BodyParameter("terms");
        var take = Number(json, "per_page") is > 0 and var given ? Math.Min(given, Most) : Most;
        return (
            search,
            [
                .. world.Channels.Where(channel =>
                    (teamId is null || channel.TeamId == teamId || channel.IsDirect)
                    && channel.Members.ContainsKey(call.User.Id)
                    && !channel.IsArchived
                ),
            ],
            Number(json, "page") * take,
            take
        );
    }

    private static int Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var it)
            ? Math.Clamp(it, 0, 1000)
            : 0;

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
        if (it.World.Version.ListsHaveFirstInaccessibleTime)
            writer.WriteNumber("first_inaccessible_file_time"u8, 0);
        writer.WriteEndObject();
    }
}
