using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MattermostXsoar.Page.Tests.Support.Browser))]

namespace MattermostXsoar.Page.Tests.Support;

/// <summary>
/// One headless Chromium for all tests. If there is none, the tests are skipped with an explanation, unless
/// <c>MATTERMOSTXSOAR_REQUIRE_CHROMIUM=1</c> (as in CI) makes that a failure.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Remedy =
        "No Chromium found. Install it (Debian and Ubuntu: apt-get install chromium) or set MATTERMOSTXSOAR_CHROMIUM to the path of a Chromium, Chrome or Edge.";

    // Without these Chromium contacts hosts that a closed network refuses.
    private static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private readonly string? _path = Environment.GetEnvironmentVariable("MATTERMOSTXSOAR_CHROMIUM")
        is { Length: > 0 } given
        ? given
        : Array.Find(Places, File.Exists);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (_path is null)
            return;
        // Much longer than anything takes on an idle machine: reaching it means that something hangs.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = _path,
                Headless = true,
                Args = Quiet,
            }
        );
    }

    /// <summary>A separate profile; skips (or fails) the test if there is no browser.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        if (_browser is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("MATTERMOSTXSOAR_REQUIRE_CHROMIUM") == "1", Remedy);
            Assert.Skip(Remedy);
        }
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000);
        return context;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
