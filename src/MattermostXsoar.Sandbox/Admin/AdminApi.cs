using System.Globalization;
using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Wire;
using MattermostXsoar.Sandbox.Recording;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary><c>/sandbox/…</c> on the Mattermost port: the in-process operations for those who are in another process.</summary>
internal sealed class AdminApi
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly RouteTable _routes = new();
    private readonly SandboxServer _sandbox;

    public AdminApi(SandboxServer sandbox)
    {
        _sandbox = sandbox;
        _routes.Map("GET", "/sandbox/faults", _ => Answer(sandbox.Faults.Pending));
        _routes.Map("POST", "/sandbox/faults", AddFault);
        _routes.Map("DELETE", "/sandbox/faults", _ => Do(sandbox.Faults.Clear));
        _routes.Map("GET", "/sandbox/calls", call => Answer(sandbox.Calls.Where(it => Fits(it, call)).Select(static it =>
            new { it.Server, it.Method, it.Path, it.Query, it.Status, it.Body, it.TokenUser, it.At })));
        _routes.Map("DELETE", "/sandbox/calls", _ => Do(sandbox.Calls.Clear));
        _routes.Map("POST", "/sandbox/restart", Restart);
        _routes.Map("POST", "/sandbox/cut", _ => Do(sandbox.CutWebSockets));
        _routes.Map("POST", "/sandbox/freeze", _ => Do(sandbox.Freeze));
        _routes.Map("POST", "/sandbox/thaw", _ => Do(sandbox.Thaw));
        _routes.Map("POST", "/sandbox/post", call =>
        {
            var world = sandbox.Mattermost;
            var post = world.Post(Field(call, "user"), Field(call, "channel"), Field(call, "message"), call.Json?.Text("rootId"));
            return new Answer(201, world.Locked(() => Json.Bytes((post, world.Files(post)), static (writer, it) => PostJson.Write(writer, it.post, it.Item2, 0))));
        });
        _routes.Map("GET", "/sandbox/posts", call => Answer(sandbox.Mattermost.Posts(call.Query("channel") ?? "").Select(static it =>
            new { it.Id, it.UserId, it.RootId, it.Message, it.Type, it.CreateAt, it.EditAt, it.Props })));
        _routes.Map("POST", "/sandbox/entry", call =>
        {
            var entry = sandbox.Xsoar.AddEntry(Field(call, "investigationId"), Field(call, "user"), Field(call, "text"), call.Json?.Text("category") ?? "chat", call.Json?.Text("format") ?? "text");
            return new Answer(201, sandbox.Xsoar.Read(() => Json.Bytes(entry, EntryJson.Write)));
        });
        _routes.Map("GET", "/sandbox/entries", call => new Answer(200, Json.Array(sandbox.Xsoar.Entries(call.Query("investigationId") ?? ""), EntryJson.Write)));
    }

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        if (_routes.Find(call.Method, call.Path, out var values) is not { } handler)
            return Failed(404, $"no such route: {call.Method} {call.Path}");
        call.Values = values;
        try
        {
            return await handler(call);
        }
        catch (Exception error) when (error is MattermostException or XsoarException or JsonException or ArgumentException)
        {
            return Failed(400, error.Message);
        }
    }

    private static Answer Answer<T>(T value) => new(200, JsonSerializer.SerializeToUtf8Bytes(value, Options));

    private static Answer Failed(int status, string message) => new(status, JsonSerializer.SerializeToUtf8Bytes(new { message }, Options));

    private static Answer Do(Action act)
    {
        act();
        return Hosting.Answer.StatusOk;
    }

    private static string Field(ApiCall call, string name) => call.Json?.Text(name) ?? throw new ArgumentException($"the body lacks \"{name}\"", nameof(call));

    private static bool Fits(CallRecord record, ApiCall call) =>
        (call.Query("server") is not { } server || record.Server == server) &&
        (call.Query("method") is not { } method || record.Method == method) &&
        (call.Query("path") is not { } path || record.Path.Contains(path, StringComparison.Ordinal));

    private Answer AddFault(ApiCall call)
    {
        var fault = JsonSerializer.Deserialize<Fault>(call.Body.Span, Options) ?? throw new ArgumentException("the body is no fault", nameof(call));
        _sandbox.Faults.Add(fault);
        return Hosting.Answer.StatusOk;
    }

    /// <summary>Answers first; the restart follows, since it ends this connection too.</summary>
    private Answer Restart(ApiCall call)
    {
        var downFor = double.TryParse(call.Query("seconds"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        call.Http.Response.OnCompleted(() =>
        {
            _ = Task.Run(() => _sandbox.RestartAsync(downFor));
            return Task.CompletedTask;
        });
        return Hosting.Answer.StatusOk;
    }
}
