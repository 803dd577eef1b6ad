using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Reactions to posts.</summary>
internal static class ReactionsApi
{
    private const int LongestName = 64;

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("POST", "/api/v4/reactions", call => Add(world, call));
        routes.Map("GET", "/api/v4/posts/{}/reactions", call => List(world, call));
        routes.Map("POST", "/api/v4/posts/ids/reactions", call => ListMany(world, call));
        routes.Map("DELETE", "/api/v4/users/{}/posts/{}/reactions/{}", call => Remove(world, call));
    }

    private static Answer Add(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("reaction");
        var (userId, postId) = (json.Text("user_id") ?? "", json.Text("post_id") ?? "");
        var emoji = json.Text("emoji_name") ?? "";
        if (!Ids.IsValid(userId) || !Ids.IsValid(postId) || emoji.Length is 0 or > LongestName)
            throw new MattermostException(
                400,
                "api.reaction.save_reaction.invalid.app_error",
                "Reaction is not valid."
            );
        if (userId != call.User.Id)
            throw new MattermostException(
                403,
                "api.reaction.save_reaction.user_id.app_error",
                "You cannot save reaction for the other user."
            );
        var post = world.Accessible(Demand.PostInOwnChannel(world, call, postId, "add_reaction"));
        if (world.Version.ChecksEmoji && !world.IsEmoji(emoji))
            throw EmojiApi.Unknown("get_by_name");
        var reaction = world.React(call.User, post, emoji);
        return new Answer(
            200,
            Json.Bytes(
                (reaction, world.Form.Version.ReactionsNameChannels ? post.ChannelId : null),
                static (writer, it) => PostJson.WriteReaction(writer, it.reaction, it.Item2)
            )
        );
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "post_id");
        Demand.InOwnChannel(world, call, id, "read_channel");
        return new Answer(
            200,
            world.Locked(() =>
                world.FindPost(id) is { } post && MattermostWorld.LiveReactions(post).Any()
                    ? Json.Bytes(
                        (post, world.Form),
                        static (writer, it) => PostJson.WriteReactions(writer, it.post, it.Form)
                    )
                : world.Version.NoReactionsAreNull ? "null"u8.ToArray()
                : "[]"u8.ToArray()
            )
        );
    }

    private static Answer ListMany(MattermostWorld world, ApiCall call)
    {
        var ids = UsersApi.Strings(call, "post_ids").Distinct().ToArray();
        foreach (var id in ids)
            Demand.InOwnChannel(world, call, id, "read_channel");
        return new Answer(200, world.Locked(() => Json.Bytes((world, ids), WriteMany)));
    }

    private static Answer Remove(MattermostWorld world, ApiCall call)
    {
        var userId = Demand.UserId(call, 0);
        var (postId, emoji) = (Demand.UrlId(call.Values[1], "post_id"), call.Values[2]);
        if (emoji.Length > LongestName)
            throw MattermostException.UrlParameter("emoji_name");
        Demand.InOwnChannel(world, call, postId, "remove_reaction");
        if (userId != call.User.Id)
            Demand.SystemAdmin(call, "remove_others_reactions");
        world.Unreact(userId, world.Accessible(world.PostCore(postId)), emoji);
        return Answer.StatusOk;
    }

    /// <summary>A post without reactions, and an unknown one that an administrator asks for, has an empty
    /// list.</summary>
    private static void WriteMany(Utf8JsonWriter writer, (MattermostWorld World, string[] Ids) it)
    {
        writer.WriteStartObject();
        foreach (var id in it.Ids.Order(StringComparer.Ordinal))
        {
            writer.WritePropertyName(id);
            if (it.World.FindPost(id) is { } post)
            {
                PostJson.WriteReactions(writer, post, it.World.Form);
                continue;
            }
            writer.WriteStartArray();
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
