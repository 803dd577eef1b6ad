using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Custom emoji.</summary>
internal static class EmojiApi
{
    private const int LargestImage = 512 * 1024;

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.MapUpload("POST", "/api/v4/emoji", call => CreateAsync(world, call));
        routes.Map(
            "GET",
            "/api/v4/emoji",
            call =>
            {
                var (skip, take) = call.Page();
                return Answer(world.CustomEmoji.Skip(skip).Take(take));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/emoji/autocomplete",
            call =>
                Answer(
                    Beginning(
                        world,
                        call.Query("name") is { Length: > 0 } name
                            ? name
                            : throw MattermostException.BodyParameter("name")
                    )
                )
        );
        routes.Map("POST", "/api/v4/emoji/search", call => Search(world, call));
        routes.Map(
            "POST",
            "/api/v4/emoji/names",
            call =>
            {
                var names = UsersApi.Strings(call, "names");
                return Answer(world.CustomEmoji.Where(it => names.Contains(it.Name)));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/emoji/name/{}",
            call => new Answer(
                200,
                Json.Bytes(
                    world.CustomEmoji.FirstOrDefault(it => it.Name == call.Values[0]) ?? throw Unknown("get_by_name"),
                    MattermostWorld.WriteEmoji
                )
            )
        );
        routes.Map(
            "GET",
            "/api/v4/emoji/{}",
            call => new Answer(200, Json.Bytes(Find(world, call), MattermostWorld.WriteEmoji))
        );
        routes.Map(
            "GET",
            "/api/v4/emoji/{}/image",
            call =>
                Hosting.Answer.OfFile(Find(world, call).Image, "image/png") with
                {
                    Headers = [new("Cache-Control", "max-age=2592000, private")],
                }
        );
        routes.Map(
            "DELETE",
            "/api/v4/emoji/{}",
            call =>
            {
                var emoji = Find(world, call);
                if (emoji.CreatorId != call.User.Id)
                    Demand.SystemAdmin(call, "delete_others_emojis");
                world.RemoveEmoji(emoji);
                return Hosting.Answer.StatusOk;
            }
        );
    }

    public static MattermostException Unknown(string call) =>
        new(404, $"app.emoji.{call}.no_result", "We couldn’t find the emoji.");

    private static Answer Answer(IEnumerable<SandboxEmoji> emoji) =>
        new(200, Json.Array(emoji.ToArray(), MattermostWorld.WriteEmoji));

    private static SandboxEmoji Find(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "emoji_id");
        return world.CustomEmoji.FirstOrDefault(it => it.Id == id) ?? throw Unknown("get");
    }

    private static IEnumerable<SandboxEmoji> Beginning(MattermostWorld world, string name) =>
        world.CustomEmoji.Where(it => it.Name.StartsWith(name, StringComparison.Ordinal));

    private static Answer Search(MattermostWorld world, ApiCall call)
    {
        var term = call.Json?.Text("term") is { Length: > 0 } it ? it : throw MattermostException.BodyParameter("term");
        return call.Json!.Value.Flag("prefix_only") == true
            ? Answer(Beginning(world, term))
            : Answer(world.CustomEmoji.Where(emoji => emoji.Name.Contains(term, StringComparison.Ordinal)));
    }

    private static async ValueTask<Answer> CreateAsync(MattermostWorld world, ApiCall call)
    {
        var form =
            await UploadForm.ReadAsync(call.Http.Request, call.Aborted, LargestImage)
            ?? throw MattermostException.BodyParameter("emoji");
        var json = Json.TryParse(System.Text.Encoding.UTF8.GetBytes(form["emoji"] ?? ""));
        if (json is not { ValueKind: JsonValueKind.Object } given || form.Files is not [var image, ..])
            throw MattermostException.BodyParameter("emoji");
        if (given.Text("creator_id") is { Length: > 0 } creator && creator != call.User.Id)
            throw MattermostException.Forbidden(call.User.Id, "create_emojis");
        var emoji = world.AddEmoji(call.User, given.Text("name") ?? "", image.Content);
        return new Answer(200, Json.Bytes(emoji, MattermostWorld.WriteEmoji));
    }
}
