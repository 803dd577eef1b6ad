using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Wire;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary>What people do on both sides, and reading the result.</summary>
internal static class PeopleAdmin
{
    public static void Map(RouteTable routes, SandboxServer sandbox)
    {
        routes.Map("POST", "/sandbox/post", call => Post(sandbox, AdminAnswers.Fields(call)));
        routes.Map(
            "GET",
            "/sandbox/posts",
            call =>
                AdminAnswers.Of(
                    sandbox
                        .Mattermost.Posts(Query(call, "channel"))
                        .Select(it => new
                        {
                            it.Id,
                            it.UserId,
                            it.RootId,
                            it.Message,
                            it.Type,
                            it.CreateAt,
                            it.EditAt,
                            it.IsPinned,
                            Reactions = sandbox.Mattermost.Locked(() =>
                                MattermostWorld
                                    .LiveReactions(it)
                                    .Select(static reaction => new { reaction.UserId, reaction.EmojiName })
                                    .ToArray()
                            ),
                            it.Props,
                        })
                )
        );
        routes.Map("POST", "/sandbox/reaction", call => Reaction(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/answer", call => AnswerQuestion(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/task", call => PlaybookTask(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/pin", call => Pin(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/note", call => Note(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/entry", call => Entry(sandbox, AdminAnswers.Fields(call)));
        routes.Map(
            "GET",
            "/sandbox/entries",
            call => new Answer(200, Json.Array(sandbox.Xsoar.Entries(Query(call, "investigationId")), EntryJson.Write))
        );
        routes.Map("POST", "/sandbox/member", call => Member(sandbox, AdminAnswers.Fields(call)));
        routes.Map("POST", "/sandbox/incident", call => Incident(sandbox, AdminAnswers.Fields(call)));
    }

    private static string Query(ApiCall call, string name) =>
        call.Query(name) is { Length: > 0 } value
            ? value
            : throw new JsonFieldException(name, $"is missing; add ?{name}=… to the address");

    private static Answer Post(SandboxServer sandbox, JsonFields fields)
    {
        var (user, channel, message, rootId) = (
            fields.RequiredText("user"),
            fields.RequiredText("channel"),
            fields.RequiredText("message"),
            fields.Text("rootId")
        );
        fields.End();
        var world = sandbox.Mattermost;
        var post = world.Post(user, channel, message, rootId);
        return new Answer(
            201,
            world.Locked(() =>
                Json.Bytes(
                    (post, world.Files(post), world.Form),
                    static (writer, it) => PostJson.Write(writer, it.post, it.Item2, 0, it.Form)
                )
            )
        );
    }

    private static Answer Entry(SandboxServer sandbox, JsonFields fields)
    {
        var (investigationId, user, text) = (
            fields.RequiredText("investigationId"),
            fields.RequiredText("user"),
            fields.RequiredText("text")
        );
        var (category, format) = (fields.Text("category") ?? "chat", fields.Text("format") ?? "text");
        fields.End();
        var entry = sandbox.Xsoar.AddEntry(investigationId, user, text, category, format);
        return new Answer(201, sandbox.Xsoar.Read(() => Json.Bytes(entry, EntryJson.Write)));
    }

    private static Answer Reaction(SandboxServer sandbox, JsonFields fields)
    {
        var (user, post, emoji) = (
            fields.RequiredText("user"),
            fields.RequiredText("post"),
            fields.RequiredText("emoji")
        );
        var remove = fields.Flag("remove") ?? false;
        fields.End();
        var world = sandbox.Mattermost;
        return AdminAnswers.Do(() =>
        {
            if (remove)
                world.Unreact(user, post, emoji);
            else
                world.React(user, post, emoji);
        });
    }

    private static Answer AnswerQuestion(SandboxServer sandbox, JsonFields fields)
    {
        var (user, answer) = (fields.RequiredText("user"), fields.RequiredText("answer"));
        fields.End();
        return AdminAnswers.Of(new { post = sandbox.Mattermost.Answer(user, answer).Id }, 201);
    }

    private static Answer PlaybookTask(SandboxServer sandbox, JsonFields fields)
    {
        var (investigationId, id, name) = (
            fields.RequiredText("investigationId"),
            fields.RequiredText("id"),
            fields.RequiredText("name")
        );
        var answers = fields.RequiredText("answers").Split(',', StringSplitOptions.TrimEntries);
        fields.End();
        return AdminAnswers.Do(() => sandbox.Xsoar.AddQuestion(investigationId, id, name, answers));
    }

    private static Answer Pin(SandboxServer sandbox, JsonFields fields)
    {
        var (post, pinned) = (fields.RequiredText("post"), fields.Flag("pinned") ?? true);
        fields.End();
        return AdminAnswers.Do(() => sandbox.Mattermost.Pin(post, pinned));
    }

    private static Answer Note(SandboxServer sandbox, JsonFields fields)
    {
        var (entry, note) = (fields.RequiredText("entry"), fields.Flag("note") ?? true);
        fields.End();
        return AdminAnswers.Do(() => sandbox.Xsoar.MarkAsNote(entry, note));
    }

    private static Answer Member(SandboxServer sandbox, JsonFields fields)
    {
        var (user, channel) = (fields.RequiredText("user"), fields.RequiredText("channel"));
        fields.End();
        return AdminAnswers.Do(() => sandbox.Mattermost.AddMember(channel, user, sandbox.Options.Seed.Admin));
    }

    private static Answer Incident(SandboxServer sandbox, JsonFields fields)
    {
        var (name, type, owner) = (
            fields.RequiredText("name"),
            fields.Text("type") ?? "Unclassified",
            fields.Text("owner") ?? "admin"
        );
        var (severity, details) = (fields.Number("severity", 0, 4) ?? 1, fields.Text("details") ?? "");
        fields.End();
        return AdminAnswers.Of(
            new { id = sandbox.Xsoar.CreateIncident(name, type, severity, owner, details: details) },
            201
        );
    }
}
