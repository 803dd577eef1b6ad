using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MattermostXsoar.Page.Tests;

/// <summary>Keyboard, screen readers, contrast, themes.</summary>
public sealed class AccessTests(Browser browser)
{
    // All rules are tried; of those that are kept, axe need not describe each element.
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Axe_finds_nothing(int width, bool dark)
    {
        await using var it = await SandboxPage.OpenMirroredAsync(
            browser,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        it.Sandbox.Xsoar.AddEntry(
            "1",
            "DBot",
            """[{"Host":"web-1"}]""",
            "commandAndResults",
            "table",
            contentsIsJson: true
        );
        it.Sandbox.Xsoar.AddEntry("1", "DBot", "it broke", type: 4);
        it.Sandbox.Xsoar.AddEntry("1", "admin", "> quoted `code` @user1", format: "markdown", note: true);
        var root = it.Sandbox.Mattermost.Post("user1", "test", "hello @user2 https://example.com");
        it.Sandbox.Mattermost.Post("user2", "test", "reply", root.Id);
        it.Sandbox.Mattermost.React("user2", root.Id, "tada");
        it.Sandbox.Mattermost.Archive("alerts");
        await it.Mirror.WarRoomAsync(entries => entries.Count == 2);
        await it.Mirror.ChatAsync("test", posts => posts.Count == 3);
        await it.Page.EvaluateAsync(
            "fetch('/sandbox/faults', { method: 'POST', body: '{\"kind\":\"Drop\",\"path\":\"/never\"}' })"
        );
        await Expect(it.Page.Locator("#faults-none")).ToHaveTextAsync("1 active");
        await Expect(it.Page.Locator(".toast")).ToHaveCountAsync(0);
        await Expect(it.Page.Locator("#chat-log, #room-log").First).ToHaveAttributeAsync("aria-busy", "false");

        var parts = width < 760 ? new[] { "Channel", "War Room", "Mirrors, faults, calls" } : [""];
        foreach (var part in parts)
        {
            if (part.Length > 0)
                await it
                    .Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = part, Exact = true })
                    .ClickAsync();
            await NoViolationsAsync(it.Page, part);
        }
        await it.Page.EvaluateAsync("document.querySelector('#help').showModal()");
        await NoViolationsAsync(it.Page, "help");
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard_alone()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        var keys = it.Page.Keyboard;

        // The first stop is a skip link.
        await keys.PressAsync("Tab");
        await Expect(
                it.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "To the channel’s message box" })
            )
            .ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(it.Page.Locator("#chat-text")).ToBeFocusedAsync();
        await keys.TypeAsync("typed by key");
        await keys.PressAsync("Enter");
        await Expect(it.Line("room", "typed by key")).ToBeVisibleAsync();

        // Up in the empty box edits one's last message; Escape cancels that, then moves the focus to the messages.
        await keys.PressAsync("ArrowUp");
        await Expect(it.Page.Locator("#chat-text")).ToHaveValueAsync("typed by key");
        await keys.PressAsync("Escape");
        await Expect(it.Page.Locator("#chat-text")).ToHaveValueAsync("");
        await keys.PressAsync("Escape");
        await Expect(it.Chat).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(it.Line("chat", "typed by key")).ToBeFocusedAsync();
        await keys.PressAsync("x");
        await Expect(it.Line("room", "typed by key")).ToBeFocusedAsync();

        await keys.PressAsync("c");
        await keys.PressAsync("Escape");
        await keys.PressAsync("End");
        await keys.PressAsync("r");
        await Expect(it.Page.Locator("#chat-mode")).ToBeVisibleAsync();
        await keys.TypeAsync("and answered");
        await keys.PressAsync("Control+Enter");
        await Expect(it.Line("room", "and answered")).ToBeVisibleAsync();

        await keys.PressAsync("Escape");
        await keys.PressAsync("End");
        await keys.PressAsync("a");
        await Expect(
                it.Line("chat", "and answered").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "+1" })
            )
            .ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(it.Line("chat", "and answered").Locator(".reaction")).ToHaveCountAsync(1);
        await Expect(it.Line("chat", "and answered")).ToBeFocusedAsync();

        await keys.PressAsync("w");
        await keys.TypeAsync("from the right");
        await keys.PressAsync("Enter");
        await Expect(it.Line("chat", "from the right")).ToBeVisibleAsync();

        await keys.PressAsync("Escape");
        await keys.PressAsync("i");
        await keys.PressAsync("Shift+Tab");
        await Expect(it.Page.Locator("#incidents button", new PageLocatorOptions { HasText = "Malware" }))
            .ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(it.Page.Locator("#room-title")).ToHaveTextAsync("#2 Malware on host");

        await keys.PressAsync("f");
        await Expect(it.Page.Locator("#faults")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(it.Page.Locator("#faults-clear")).ToBeFocusedAsync();
        await keys.PressAsync("?");
        await Expect(it.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Keyboard shortcuts" }))
            .ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(it.Page.Locator("#help")).ToBeHiddenAsync();
        Assert.Empty(it.Problems);
    }

    [Fact]
    public async Task The_focus_is_visible_and_single_keys_can_be_switched_off()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await it.WriteAsync("chat", "a line");
        await it.Page.Keyboard.PressAsync("Escape");
        await it.Page.Keyboard.PressAsync("Tab");
        for (var i = 0; i < 40; i++)
        {
            var seen = await it.Page.EvaluateAsync<string>(
                """
                () => { const it = document.activeElement, style = getComputedStyle(it);
                  return it === document.body || (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none') ? '' : it.outerHTML.slice(0, 120); }
                """
            );
            Assert.Equal("", seen);
            await it.Page.Keyboard.PressAsync("Tab");
        }

        await it.Page.Locator("#help-open").ClickAsync();
        await it.Page.Locator("#keys-on").UncheckAsync();
        await it.Page.Locator("#help-close").ClickAsync();
        await it.Page.Keyboard.PressAsync("w");
        await Expect(it.Page.Locator("#room-text")).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_logs_are_polite_live_regions_with_names()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await Expect(it.Page.GetByRole(AriaRole.Log, new PageGetByRoleOptions { Name = "Test" }))
            .ToHaveAttributeAsync("aria-live", "polite");
        await Expect(it.Page.GetByRole(AriaRole.Log, new PageGetByRoleOptions { Name = "#1 Phishing mail" }))
            .ToHaveAttributeAsync("aria-live", "polite");
        foreach (var name in new[] { "Channels", "Incidents" })
            await Expect(it.Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = name }))
                .ToBeVisibleAsync();
        await it.WriteAsync("chat", "who wrote it?", "user2");
        await Expect(it.Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = "Grace Hopper, " }))
            .ToContainTextAsync("who wrote it?");
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_one_is_chosen()
    {
        await using var it = await SandboxPage.OpenAsync(
            browser,
            new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark }
        );
        var ground = "getComputedStyle(document.documentElement).backgroundColor";
        var dark = await it.Page.EvaluateAsync<string>(ground);
        await it.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await Expect(it.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        var light = await it.Page.EvaluateAsync<string>(ground);
        Assert.NotEqual(dark, light);
        var button = it.Page.Locator("#theme");
        await button.ClickAsync();
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-label", "Theme: dark");
        Assert.Equal(dark, await it.Page.EvaluateAsync<string>(ground));
        await it.Page.ReloadAsync();
        Assert.Equal(dark, await it.Page.EvaluateAsync<string>(ground));
    }

    private static async Task NoViolationsAsync(IPage page, string part)
    {
        var found = (await page.RunAxe(OnlyViolations)).Violations;
        Assert.True(
            found.Length == 0,
            $"{part}: "
                + string.Join(
                    "\n",
                    found.Select(static it =>
                        $"{it.Id} ({it.Impact}): {it.Help}\n  "
                        + string.Join(
                            "\n  ",
                            it.Nodes.Take(4)
                                .Select(static node =>
                                    $"{node.Html}  {string.Join(" ", node.Any.Concat(node.All).Select(static check => check.Message))}"
                                )
                        )
                    )
                )
        );
    }
}
