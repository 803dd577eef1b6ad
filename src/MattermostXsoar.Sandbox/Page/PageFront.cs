using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>The page at <c>/</c>: its files, its live feed and its actions.</summary>
internal sealed class PageFront
{
    private readonly PageActions _actions;
    private readonly LiveFeed _feed;

    public PageFront(SandboxServer sandbox)
    {
        _actions = new PageActions(sandbox);
        _feed = new LiveFeed(sandbox, new CrossingLedger(sandbox));
    }

    /// <summary>Whether a path of the Mattermost port is the sandbox's own and not Mattermost's.</summary>
    public static bool IsOwn(string path) =>
        path is "/" or "/sandbox" || path.StartsWith("/sandbox/", StringComparison.Ordinal);

    /// <summary>True if the path is that of the live feed, which has then been served to its end.</summary>
    public async Task<bool> ServeFeedAsync(ApiCall call)
    {
        if (call.Method != "GET" || call.Path != "/sandbox/live")
            return false;
        await _feed.RunAsync(call.Http);
        return true;
    }

    /// <summary>The answer, or null when the call is for the admin routes.</summary>
    public async ValueTask<Answer?> HandleAsync(ApiCall call) =>
        PageAssets.Find(call.Method, call.Path) ?? await _actions.HandleAsync(call);
}
