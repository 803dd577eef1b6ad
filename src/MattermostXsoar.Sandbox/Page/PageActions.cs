using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>What people do on the page: <c>POST /sandbox/page/…</c> with a JSON object, answered with <c>{"id":…}</c>
/// or a message.</summary>
internal sealed class PageActions
{
    private readonly RouteTable _routes = new();
    private readonly MattermostWorld _mattermost;
    private readonly XsoarWorld _xsoar;

    public PageActions(SandboxServer sandbox)
    {
        (_mattermost, _xsoar) = (sandbox.Mattermost, sandbox.Xsoar);
        Map(
            "posts",
            call => _mattermost.Post(Text(call, "user"), Text(call, "channel"), Words(call), call.Json?.Text("root")).Id
        );
        Map("posts/edit", call => _mattermost.Edit(Own(call), Words(call)).Id);
        Map("posts/delete", call => Done(() => _mattermost.Delete(Own(call), Text(call, "user"))));
        Map("posts/pin", call => Done(() => _mattermost.Pin(Text(call, "id"), call.Json?.Flag("pinned") ?? true)));
        Map("reactions", React);
        Map(
            "channels",
            call =>
                _mattermost
                    .CreateChannel(
                        Text(call, "user"),
                        Text(call, "name"),
                        Text(call, "title"),
                        call.Json?.Text("type") ?? "O"
                    )
                    .Id
        );
        Map("channels/archive", call => Done(() => _mattermost.Archive(Text(call, "id"), Text(call, "user"))));
        Map("channels/restore", call => Done(() => _mattermost.Restore(Text(call, "id"), Text(call, "user"))));
        Map("channels/join", call => Done(() => _mattermost.AddMember(Text(call, "id"), Text(call, "user"))));
        Map("incidents", call => _xsoar.CreateIncident(Text(call, "name")));
        Map("incidents/close", call => Done(() => _xsoar.Close(Text(call, "id"), Text(call, "user"))));
        Map("incidents/reopen", call => Done(() => _xsoar.Reopen(Text(call, "id"))));
        Map("entries", AddEntry);
        Map("entries/edit", call => _xsoar.EditEntry(OwnEntry(call).Id, Words(call)).Id);
        Map("entries/delete", call => _xsoar.Change(OwnEntry(call).Id, static entry => entry.Deleted = true).Id);
    }

    /// <summary>The answer, or null if the path is not one of the page's.</summary>
    public async ValueTask<Answer?> HandleAsync(ApiCall call)
    {
        if (_routes.Find(call.Method, call.Path, out var values) is not { } handler)
            return null;
        call.Values = values;
        try
        {
            return await handler(call);
        }
        catch (Exception error) when (error is MattermostException or XsoarException or ArgumentException)
        {
            return Json(400, new { message = error.Message });
        }
    }

    private static Answer Json(int status, object body) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));

    private static string Done(Action act)
    {
        act();
        return "";
    }

    private static string Text(ApiCall call, string name) =>
        call.Json?.Text(name) is { Length: > 0 } text ? text : throw new ArgumentException($"\"{name}\" is missing.");

    private static string Words(ApiCall call) =>
        Text(call, "text") is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new ArgumentException("An empty text cannot be sent.");

    private void Map(string path, Func<ApiCall, string> act) =>
        _routes.Map("POST", "/sandbox/page/" + path, call => Json(200, new { id = act(call) }));

    /// <summary>On the page people change their own posts, as in the real client.</summary>
    private string Own(ApiCall call)
    {
        var post = _mattermost.PostCore(Text(call, "id"));
        var user = _mattermost.User(Text(call, "user"));
        return post.UserId == user.Id ? post.Id : throw new ArgumentException($"This post is not {user.Username}'s.");
    }

    private SandboxEntry OwnEntry(ApiCall call)
    {
        var (id, user) = (Text(call, "id"), Text(call, "user"));
        var entry =
            _xsoar.Entries(id[(id.LastIndexOf('@') + 1)..]).FirstOrDefault(it => it.Id == id)
            ?? throw new ArgumentException($"There is no entry {id}.");
        return entry.User == user ? entry : throw new ArgumentException($"This entry is not {user}'s.");
    }

    private string React(ApiCall call)
    {
        var post = _mattermost.PostCore(Text(call, "id"));
        var (user, emoji) = (_mattermost.User(Text(call, "user")), Text(call, "emoji"));
        // The same reaction again removes it, as in the real client.
        if (_mattermost.Reactions(post.Id).Any(it => it.UserId == user.Id && it.EmojiName == emoji))
            _mattermost.Unreact(user.Username, post.Id, emoji);
        else
            _mattermost.React(user.Username, post.Id, emoji);
        return post.Id;
    }

    private string AddEntry(ApiCall call)
    {
        var (incident, user, text) = (Text(call, "incident"), Text(call, "user"), Words(call));
        var entry = Text(call, "kind") switch
        {
            "chat" => _xsoar.AddEntry(incident, user, text),
            "note" => _xsoar.AddEntry(incident, user, text, format: "markdown", note: true),
            "command" => _xsoar.AddEntry(incident, user, text.StartsWith('!') ? text : "!" + text, "commandAndResults"),
            "result" => _xsoar.AddEntry(incident, user, text, "commandAndResults", "markdown"),
            "error" => _xsoar.AddEntry(incident, user, text, "commandAndResults", type: 4),
            "html" => _xsoar.AddEntry(incident, user, text, "commandAndResults", "html"),
            "table" => _xsoar.AddEntry(
                incident,
                user,
                Structured(text, "A table is a JSON list of objects, such as [{\"host\": \"web-1\"}]."),
                "commandAndResults",
                "table",
                contentsIsJson: true
            ),
            "json" => _xsoar.AddEntry(
                incident,
                user,
                Structured(text, "This is not JSON."),
                "commandAndResults",
                "json",
                contentsIsJson: true
            ),
            var kind => throw new ArgumentException($"There is no kind \"{kind}\"."),
        };
        return entry.Id;
    }

    private static string Structured(string text, string advice)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"{advice} ({error.Message.Split(". Path")[0]})", error);
        }
    }
}
