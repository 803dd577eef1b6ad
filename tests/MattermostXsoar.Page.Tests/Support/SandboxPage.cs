using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Sandbox;
using Microsoft.Playwright;

namespace MattermostXsoar.Page.Tests.Support;

/// <summary>The page of a sandbox, opened in a browser; with the module's mirror between the columns if that is asked
/// for.</summary>
internal sealed class SandboxPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly MirrorHarness? _mirror;
    private readonly List<string> _problems = [];

    private SandboxPage(SandboxServer sandbox, MirrorHarness? mirror, IBrowserContext context, IPage page)
    {
        (Sandbox, _mirror, _context, Page) = (sandbox, mirror, context, page);
        page.PageError += (_, error) => Note(error);
        page.Console += (_, message) =>
        {
            // A sandbox that is down during a restart, and refusals that the page shows, are not problems of the page.
            if (
                message.Type is "error" or "warning"
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)
            )
                Note(message.Text);
        };
    }

    public SandboxServer Sandbox { get; }

    public IPage Page { get; }

    public MirrorHarness Mirror =>
        _mirror ?? throw new InvalidOperationException("This page was opened without a mirror.");

    /// <summary>The browser's complaints: script errors, refused resources, violations of the policy.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
                return [.. _problems];
        }
    }

    public ILocator Chat => Page.Locator("#chat-log");

    public ILocator Room => Page.Locator("#room-log");

    public static Task<SandboxPage> OpenAsync(
        Browser browser,
        BrowserNewContextOptions? options = null,
        SandboxOptions? sandbox = null,
        string hash = "#test/1"
    ) => OpenAsync(browser, null, options, sandbox, hash);

    /// <summary>With incident 1 and the channel "test" mirrored by the module.</summary>
    public static async Task<SandboxPage> OpenMirroredAsync(Browser browser, BrowserNewContextOptions? options = null)
    {
        var mirror = await MirrorHarness.StartAsync();
        await mirror.MirrorConnectedAsync("1", "test");
        return await OpenAsync(browser, mirror, options, null, "#test/1");
    }

    /// <summary>Writes into a box and sends it with Enter.</summary>
    public async Task WriteAsync(string side, string text, string? user = null)
    {
        if (user is not null)
            await Page.Locator($"#{side}-user").SelectOptionAsync(user);
        await Page.Locator($"#{side}-text").FillAsync(text);
        await Page.Locator($"#{side}-text").PressAsync("Enter");
    }

    /// <summary>The message or entry that contains this text.</summary>
    public ILocator Line(string side, string text) =>
        Page.Locator($"#{side}-log .line", new PageLocatorOptions { HasText = text });

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        if (_mirror is not null)
            await _mirror.DisposeAsync();
        else
            await Sandbox.DisposeAsync();
    }

    private static async Task<SandboxPage> OpenAsync(
        Browser browser,
        MirrorHarness? mirror,
        BrowserNewContextOptions? options,
        SandboxOptions? sandboxOptions,
        string hash
    )
    {
        var context = await browser.NewContextAsync(
            options
                ?? new BrowserNewContextOptions
                {
                    ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
                }
        );
        var sandbox = mirror?.Sandbox ?? await SandboxServer.StartAsync(sandboxOptions);
        var page = new SandboxPage(sandbox, mirror, context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(sandbox.MattermostUri, "/" + hash).AbsoluteUri);
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        return page;
    }

    private void Note(string problem)
    {
        lock (_problems)
            _problems.Add(problem);
    }
}
