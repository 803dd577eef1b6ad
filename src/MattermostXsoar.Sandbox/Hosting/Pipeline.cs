using System.Globalization;
using MattermostXsoar.Sandbox.Admin;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Api;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Page;
using MattermostXsoar.Sandbox.Recording;
using MattermostXsoar.Sandbox.Xsoar.Api;
using Microsoft.AspNetCore.Connections;

namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>The pipeline of every call: freeze, record, fault, handler, answer.</summary>
internal sealed class Pipeline(SandboxServer sandbox, FreezeGate freeze, FreezeGate socketFreeze)
{
    private readonly SandboxOptions _options = sandbox.Options;
    private readonly SandboxOptions _mattermostOptions = sandbox.OptionsOf(sandbox.MattermostClock);
    private readonly MattermostGate _mattermost = new(sandbox.Mattermost);
    private readonly XsoarGate _xsoar = new(sandbox.Xsoar, sandbox.OptionsOf(sandbox.XsoarClock));
    private readonly AdminApi _admin = new(sandbox);
    private readonly MattermostHeaders _headers = new(sandbox.Options);
    private readonly RateLimiter? _limiter = sandbox.Options.RateLimit is { } limit
        ? new RateLimiter(limit, sandbox.MattermostClock, sandbox.Mattermost.Version.LimitsLogins)
        : null;
    private readonly PageFront _page = new(sandbox);

    public async Task HandleAsync(HttpContext http, bool isMattermost)
    {
        try
        {
            var path = http.Request.Path.Value ?? "/";
            if (isMattermost && PageFront.IsOwn(path))
            {
                await OwnAsync(http, path);
                return;
            }
            var body = await ReadBodyAsync(http, isMattermost ? _mattermost.IsUpload(http) : _xsoar.IsUpload(http));
            // A stopped process handles its requests when it continues, even if the client no longer waits for the
            // answer.
            await freeze.WaitAsync(CancellationToken.None);
            if (isMattermost)
                await MattermostAsync(http, path, body);
            else
                await XsoarAsync(http, path, body);
        }
        catch (Exception error)
            when (error
                    is OperationCanceledException
                        or IOException
                        or ConnectionAbortedException
                        or BadHttpRequestException
            )
        {
            // The client disconnected, or the sandbox is being restarted.
            http.Abort();
        }
    }

    /// <summary>The page and the admin routes, which are neither recorded nor hit by faults.</summary>
    private async Task OwnAsync(HttpContext http, string path)
    {
        if (PageGuard.Refusal(http.Request) is { } refusal)
        {
            await WriteAsync(http, refusal);
            return;
        }
        var call = new ApiCall(http, await ReadBodyAsync(http)) { Path = path };
        if (!await _page.ServeFeedAsync(call))
            await WriteAsync(http, await _page.HandleAsync(call) ?? await _admin.HandleAsync(call));
    }

    private async Task MattermostAsync(HttpContext http, string path, ReadOnlyMemory<byte> body)
    {
        var caller = _mattermost.Caller(http);
        var record = Record(http, "mattermost", path, body, caller?.Username);
        var fault = sandbox.Faults.ForCall("mattermost", http.Request.Method, path);
        if (fault is not null && await FaultAnswers.BeforeAsync(fault, http, sandbox.MattermostClock) is { } early)
        {
            await FinishAsync(http, sandbox.MattermostClock, record, early, null);
            return;
        }
        if (_limiter?.Check(http, MattermostGate.Token(http), caller?.Id) is { } refused)
        {
            await FinishAsync(http, sandbox.MattermostClock, record, refused, null);
            return;
        }
        if (path == "/api/v4/websocket" && http.WebSockets.IsWebSocketRequest)
        {
            if (SocketUpgrade.Refusal(http, sandbox.Mattermost) is { } rejected)
            {
                await FinishAsync(http, sandbox.MattermostClock, record, rejected, null);
                return;
            }
            SetStatus(record, 101);
            caller ??= sandbox.Mattermost.FindByToken(SocketUpgrade.Token(http, sandbox.Mattermost.Version.Sockets));
            var upgraded = await SocketUpgrade.AcceptAsync(http);
            using var socket = upgraded.Socket;
            await new SocketSession(
                sandbox.Mattermost,
                _mattermostOptions,
                sandbox.Faults,
                socketFreeze,
                http,
                upgraded
            ).RunAsync(caller);
            return;
        }
        var answer = await _mattermost.HandleAsync(new ApiCall(http, body) { Path = path, Caller = caller });
        await FinishAsync(http, sandbox.MattermostClock, record, _headers.Complete(http, path, answer), fault);
    }

    private async Task XsoarAsync(HttpContext http, string path, ReadOnlyMemory<byte> body)
    {
        var record = Record(http, "xsoar", path, body, _xsoar.Caller(http));
        if (_options.LatencyXsoar > TimeSpan.Zero)
            await Task.Delay(_options.LatencyXsoar, _options.TimeProvider, http.RequestAborted);
        var fault = sandbox.Faults.ForCall("xsoar", http.Request.Method, path);
        if (fault is not null && await FaultAnswers.BeforeAsync(fault, http, sandbox.XsoarClock) is { } early)
        {
            await FinishAsync(http, sandbox.XsoarClock, record, early, null);
            return;
        }
        await FinishAsync(
            http,
            sandbox.XsoarClock,
            record,
            await _xsoar.HandleAsync(new ApiCall(http, body) { Path = path }),
            fault
        );
    }

    private CallRecord Record(HttpContext http, string server, string path, ReadOnlyMemory<byte> body, string? user)
    {
        var record = new CallRecord
        {
            Server = server,
            Method = http.Request.Method,
            Path = path,
            Query = http.Request.QueryString.Value ?? "",
            RawBody = _options.RecordBodies ? body : default,
            TokenUser = user,
            At = _options.TimeProvider.GetUtcNow(),
        };
        sandbox.Calls.Add(record);
        return record;
    }

    private void SetStatus(CallRecord record, int status)
    {
        record.Status = status;
        sandbox.Calls.Changed();
    }

    private async Task FinishAsync(HttpContext http, SkewedClock clock, CallRecord record, Answer answer, Fault? fault)
    {
        if (fault?.Kind == FaultKind.ActThenDrop || answer.Drops)
        {
            http.Abort();
            return;
        }
        if (fault?.Kind == FaultKind.ActThenStall)
            await Task.Delay(Timeout.InfiniteTimeSpan, _options.TimeProvider, http.RequestAborted);
        if (fault?.Kind == FaultKind.ActThenStatus)
            answer = FaultAnswers.Status(fault);
        await freeze.WaitAsync(http.RequestAborted);
        SetStatus(record, answer.Status);
        if (clock.Skew != TimeSpan.Zero)
            http.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (fault?.Kind is FaultKind.CutBody or FaultKind.CutHeaders)
            await CutAnswers.WriteAsync(http, answer, fault.Kind);
        else
            await WriteAsync(http, answer);
    }

    private static async Task WriteAsync(HttpContext http, Answer answer)
    {
        answer.WriteHead(http.Response);
        await answer.CopyToAsync(http.Response.Body, answer.Length, http.RequestAborted);
    }

    /// <summary>A large upload is not read here but by its handler, and so is not recorded.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http, bool isUpload = false)
    {
        if (
            http.Request.ContentLength is 0
            || (http.Request.ContentLength is null && http.Request.Headers.TransferEncoding.Count == 0)
        )
            return default;
        if (isUpload && http.Request.ContentLength is null or > StoredContent.InMemory)
            return default;
        using var copy = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        var body = copy.ToArray();
        if (isUpload)
            http.Request.Body = new MemoryStream(body);
        return body;
    }
}
