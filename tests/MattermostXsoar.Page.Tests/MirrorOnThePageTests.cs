using System.Text.RegularExpressions;
using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MattermostXsoar.Page.Tests;

/// <summary>Two people on the page, and the module's mirror between them.</summary>
public sealed class MirrorOnThePageTests(Browser browser)
{
    [Fact]
    public async Task A_message_typed_on_either_side_appears_on_the_other()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);

        await it.WriteAsync("chat", "A mail came in", "user2");
        var entry = it.Line("room", "A mail came in");
        await Expect(entry).ToContainTextAsync("Grace Hopper (@user2)");
        await Expect(entry.Locator(".crossing")).ToContainTextAsync("→ from the channel after");
        await Expect(it.Line("chat", "A mail came in").Locator(".crossing"))
            .ToContainTextAsync("→ in the War Room after");

        await it.WriteAsync("room", "Blocking the sender", "user3");
        var post = it.Line("chat", "Blocking the sender");
        await Expect(post).ToContainTextAsync("XSOAR Bot");
        await Expect(post).ToContainTextAsync("user3: Blocking the sender");
        await Expect(post.Locator(".crossing")).ToContainTextAsync("← from the War Room after");
        await Expect(it.Line("room", "Blocking the sender").Locator(".crossing"))
            .ToContainTextAsync("← in the channel after");

        await Expect(it.Page.Locator("#crossings .path.to-room")).ToHaveCountAsync(1);
        await Expect(it.Page.Locator("#crossings .path.to-chat")).ToHaveCountAsync(1);
        Assert.Empty(it.Problems);
    }

    [Fact]
    public async Task The_arrow_joins_a_message_and_its_entry_and_follows_the_scrolling()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(
            browser,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        for (var i = 0; i < 12; i++)
            it.Sandbox.Mattermost.Post("user1", "test", $"before {i}");
        await it.WriteAsync("chat", "the one");
        for (var i = 0; i < 3; i++)
            it.Sandbox.Mattermost.Post("user1", "test", $"behind {i}");
        await Expect(it.Line("room", "behind 2")).ToBeVisibleAsync();
        await Expect(it.Line("chat", "behind 2").Locator(".crossing")).ToContainTextAsync("after");
        var path = it.Page.Locator(
            $"#crossings .path[data-key^='{await it.Line("chat", "the one").GetAttributeAsync("data-id")}|']"
        );
        await Expect(path).ToHaveCountAsync(1);
        // With reduced motion there is the arrow but no moving dot.
        await Expect(it.Page.Locator("#crossings .runner")).ToHaveCountAsync(0);

        Assert.InRange(await EndsApartAsync(it, path), 0, 30);
        await it.Chat.EvaluateAsync("log => { log.scrollTop -= 60; }");
        await it.Page.EvaluateAsync(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        );
        Assert.InRange(await EndsApartAsync(it, path), 0, 30);
    }

    [Fact]
    public async Task A_message_waits_while_XSOAR_stalls_and_is_mirrored_when_it_answers_again()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        await it.WriteAsync("chat", "first");
        await Expect(it.Line("room", "first")).ToBeVisibleAsync();

        await it.Page.Locator("#fault-server").SelectOptionAsync("xsoar");
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "503 for 5 calls" }).ClickAsync();
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Freeze all" }).ClickAsync();
        await Expect(it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Thaw", Exact = true }))
            .ToBeVisibleAsync();
        await it.WriteAsync("chat", "second");
        await Expect(it.Line("chat", "second").Locator(".crossing")).ToContainTextAsync("waiting to be mirrored");
        await Expect(it.Page.Locator("#mirrors tbody tr")).ToContainTextAsync("waiting");
        await Expect(it.Page.Locator("#crossings .path.wait")).ToHaveCountAsync(1);

        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Clear all" }).ClickAsync();
        await Expect(it.Line("room", "second")).ToBeVisibleAsync();
        await Expect(it.Line("chat", "second").Locator(".crossing")).ToContainTextAsync("in the War Room after");
        await Expect(it.Page.Locator("#mirrors tbody tr")).ToContainTextAsync("up to date");
    }

    [Fact]
    public async Task The_mirror_is_listed_with_its_counts_latency_and_end()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        await it.WriteAsync("chat", "one");
        await it.WriteAsync("chat", "two");
        await it.WriteAsync("room", "three");
        await Expect(it.Line("chat", "three")).ToBeVisibleAsync();
        var cells = it.Page.Locator("#mirrors tbody tr td");
        await Expect(cells.Nth(1)).ToHaveTextAsync("2");
        await Expect(cells.Nth(2)).ToHaveTextAsync("1");
        await Expect(cells.Nth(3)).ToHaveTextAsync("0");
        await Expect(cells.Nth(5)).ToHaveTextAsync(new Regex(@"^(<1|\d+) ms$|^\d+(\.\d)? s$"));

        await it
            .Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close", Exact = true })
            .ClickAsync();
        // The mirror posts that in the channel and archives it, because of its autoclose.
        await Expect(cells.Nth(0)).ToHaveTextAsync("▣ closed, archived");
        await Expect(it.Page.Locator("#room-text")).ToBeDisabledAsync();
        await Expect(it.Page.Locator("#chat-text")).ToBeDisabledAsync();
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reopen" }).ClickAsync();
        await Expect(it.Page.Locator("#room-text")).ToBeEnabledAsync();
        await Expect(cells.Nth(0)).ToHaveTextAsync("▣ archived");
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Restore" }).ClickAsync();
        await Expect(it.Page.Locator("#chat-text")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_mirrored_message_links_to_the_other_side()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        await it.WriteAsync("chat", "find me");
        await it.Line("chat", "find me").Locator("button.crossing").ClickAsync();
        await Expect(it.Line("room", "find me")).ToBeFocusedAsync();
        // From another incident the page first opens the right one.
        await it.Page.Locator("#incidents button", new PageLocatorOptions { HasText = "Malware" }).ClickAsync();
        await Expect(it.Room).ToContainTextAsync("An empty War Room");
        await it.Line("chat", "find me").Locator("button.crossing").ClickAsync();
        await Expect(it.Line("room", "find me")).ToBeFocusedAsync();
    }

    /// <summary>How many pixels the arrow's ends are above or below the tops of its message and entry; the larger of
    /// both.</summary>
    private static Task<double> EndsApartAsync(SandboxPage it, ILocator path) =>
        path.EvaluateAsync<double>(
            """
            path => {
              const [post, entry] = path.dataset.key.split('|');
              const ends = [0, path.getTotalLength()].map(at => path.getPointAtLength(at)).sort((a, b) => a.x - b.x);
              const top = path.ownerSVGElement.getBoundingClientRect().top;
              const place = (side, id) => { const box = document.querySelector(`#${side}-log .line[data-id="${id}"]`).getBoundingClientRect(); return box.top + Math.min(22, box.height / 2) - top; };
              return Math.max(Math.abs(ends[0].y - place('chat', post)), Math.abs(ends[1].y - place('room', entry)));
            }
            """
        );
}
