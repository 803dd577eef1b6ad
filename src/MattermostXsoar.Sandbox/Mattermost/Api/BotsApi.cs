using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/bots</c>. Only system administrators see and change them.</summary>
internal static class BotsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/bots",
            call =>
            {
                Demand.SystemAdmin(call, "read_bots");
                var deleted = call.Query("include_deleted") == "true";
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            world
                                .Users.Where(user => user.Bot is { } bot && (deleted || bot.DeleteAt == 0))
                                .OrderBy(static user => user.Bot!.CreateAt)
                                .Skip(skip)
                                .Take(take),
                            UserJson.WriteBot
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/bots/{}",
            call =>
            {
                var bot = world.BotUser(
                    Demand.UrlId(call.Values[0], "bot_user_id"),
                    call.Query("include_deleted") == "true"
                );
                return call.User.IsSystemAdmin || bot.Bot!.OwnerId == call.User.Id
                    ? One(world, bot, 200)
                    : throw MattermostException.NoBot();
            }
        );
        routes.Map(
            "POST",
            "/api/v4/bots",
            call =>
            {
                var json = call.Json ?? throw MattermostException.BodyParameter("bot");
                Demand.SystemAdmin(call, "create_bot");
                var username = json.Text("username") ?? "";
                if (world.Version.BotsHaveOwnErrors && !MattermostWorld.IsValidUsername(username))
                    throw new MattermostException(400, "model.bot.is_valid.username.app_error", "Invalid username.");
                var bot = world.CreateUserCore(
                    new NewUserRequest(username, username + "@localhost")
                    {
                        FirstName = json.Text("display_name") ?? "",
                        BotDescription = json.Text("description") ?? "",
                        BotOwnerId = call.User.Id,
                    }
                );
                world.Greet(bot);
                return One(world, bot, 201);
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/bots/{}",
            call =>
            {
                var json = call.Json ?? throw MattermostException.BodyParameter("bot");
                var bot = Managed(world, call);
                world.PatchBot(bot, json.Text("username"), json.Text("display_name"), json.Text("description"));
                return One(world, bot, 200);
            }
        );
        routes.Map("POST", "/api/v4/bots/{}/disable", call => Switch(world, call, false));
        routes.Map("POST", "/api/v4/bots/{}/enable", call => Switch(world, call, true));
        routes.Map(
            "POST",
            "/api/v4/bots/{}/assign/{}",
            call =>
            {
                var bot = Managed(world, call);
                world.AssignBot(bot, Demand.User(world, Demand.UrlId(call.Values[1], "user_id")));
                return One(world, bot, 200);
            }
        );
    }

    private static Answer One(MattermostWorld world, SandboxUser bot, int status) =>
        new(status, world.Locked(() => Json.Bytes(bot, UserJson.WriteBot)));

    private static Answer Switch(MattermostWorld world, ApiCall call, bool on)
    {
        var bot = Managed(world, call);
        world.SetActive(bot.Id, on);
        return One(world, bot, 200);
    }

    private static SandboxUser Managed(MattermostWorld world, ApiCall call)
    {
        var bot = world.BotUser(Demand.UrlId(call.Values[0], "bot_user_id"));
        if (!call.User.IsSystemAdmin)
            throw MattermostException.NoBot();
        return bot;
    }
}
