using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Reactions to posts.</summary>
internal static class ReactionsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "POST",
            "/api/v4/reactions",
            call =>
            {
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("reaction");
                var (userId, postId, emoji) = (
                    json.Text("user_id") ?? "",
                    json.Text("post_id") ?? "",
                    json.Text("emoji_name") ?? ""
                );
                if (!Ids.IsValid(userId) || !Ids.IsValid(postId) || emoji.Length is 0 or > 64)
                    throw MattermostException.BodyParameter("reaction");
                if (userId != call.User.Id)
                    throw new MattermostException(
                        403,
                        "api.reaction.save_reaction.user_id.app_error",
                        "You cannot save reaction for the other user."
                    );
                var post = world.PostCore(postId);
                if (!Demand.MayRead(world, call.User, world.FindChannel(post.ChannelId)!))
                    throw MattermostException.Forbidden(call.User.Id, "add_reaction");
                var reaction = world.React(call.User, post, emoji);
                return new Answer(
                    200,
                    Json.Bytes(
                        (post.Id, reaction),
                        static (writer, it) => PostJson.WriteReaction(writer, it.Id, it.reaction)
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/posts/{}/reactions",
            call =>
            {
                var post = Demand.ReadablePost(world, call);
                return new Answer(200, world.Locked(() => Json.Bytes(post, WriteAll)));
            }
        );
        routes.Map(
            "POST",
            "/api/v4/posts/ids/reactions",
            call =>
            {
                var ids = UsersApi.Strings(call, "post_ids");
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Bytes(
                            ids.Select(world.FindPost).OfType<SandboxPost>().Distinct(),
                            static (writer, posts) =>
                            {
                                writer.WriteStartObject();
                                foreach (var post in posts)
                                {
                                    writer.WritePropertyName(post.Id);
                                    WriteAll(writer, post);
                                }
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "DELETE",
            "/api/v4/users/{}/posts/{}/reactions/{}",
            call =>
            {
                var userId = Demand.UserId(call, 0);
                var postId = Demand.UrlId(call.Values[1], "post_id");
                if (userId != call.User.Id)
                    Demand.SystemAdmin(call, "remove_others_reactions");
                world.Unreact(userId, postId, call.Values[2]);
                return Answer.StatusOk;
            }
        );
    }

    private static void WriteAll(Utf8JsonWriter writer, SandboxPost post)
    {
        writer.WriteStartArray();
        foreach (var reaction in post.Reactions ?? [])
            PostJson.WriteReaction(writer, post.Id, reaction);
        writer.WriteEndArray();
    }
}
