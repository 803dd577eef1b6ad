using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;

namespace MattermostXsoar.Page.Tests;

/// <summary>How the page is laid out. With <c>MATTERMOSTXSOAR_PICTURES</c> set to a folder, screenshots are saved
/// there.</summary>
public sealed class LookTests(Browser browser)
{
    [Theory]
    [InlineData("wide-light", 1440, 900, false)]
    [InlineData("wide-dark", 1440, 900, true)]
    [InlineData("tall-light", 1360, 1240, false)]
    [InlineData("middle-light", 1000, 900, false)]
    [InlineData("narrow-light", 390, 844, false)]
    [InlineData("narrow-dark", 390, 844, true)]
    public async Task The_page_fits_its_window(string name, int width, int height, bool dark)
    {
        await using var it = await SandboxPage.OpenMirroredAsync(
            browser,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            }
        );
        await TellAsync(it);

        var overflow = await it.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        Assert.Equal(0, overflow);
        Assert.Empty(it.Problems);
        if (name == "tall-light")
            await it.Line("chat", "That was me").Last.HoverAsync();
        await KeepAsync(it, name);
        if (width < 760)
        {
            foreach (var part in new[] { "War Room", "Mirrors, faults, calls" })
            {
                await it
                    .Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = part, Exact = true })
                    .ClickAsync();
                Assert.Equal(
                    0,
                    await it.Page.EvaluateAsync<int>(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                );
                await KeepAsync(it, $"{name}-{part.Split(' ', ',')[0]}");
            }
        }
    }

    [Fact]
    public async Task An_empty_sandbox_explains_what_to_do()
    {
        await using var it = await SandboxPage.OpenAsync(browser, hash: "#alerts/2");
        await Assertions.Expect(it.Page.Locator("#mirrors")).ToContainTextAsync("Start-MattermostMirror");
        await Assertions.Expect(it.Room).ToContainTextAsync("An empty War Room");
        await KeepAsync(it, "empty");
        await it.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(it.Page.Locator("#help")).ToContainTextAsync("write into the War Room");
        await KeepAsync(it, "help");
        await it.Page.Keyboard.PressAsync("Escape");
        await it.Sandbox.StopAsync();
        await Assertions.Expect(it.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "lost");
        await KeepAsync(it, "lost");
    }

    private static async Task TellAsync(SandboxPage it)
    {
        var chat = it.Sandbox.Mattermost;
        var room = it.Sandbox.Xsoar;
        var root = chat.Post(
            "user1",
            "test",
            "Three people got a mail from `payroll@examp1e.com` with a link. Is that *ours*?"
        );
        chat.Post(
            "user2",
            "test",
            "No. The domain was registered yesterday. I am blocking it at the proxy now:\n- `examp1e.com`\n- `login.examp1e.com`"
        );
        room.AddEntry("1", "DBot", "!domain domain=examp1e.com", "commandAndResults");
        room.AddEntry(
            "1",
            "DBot",
            """[{"Domain":"examp1e.com","Registered":"2026-11-24","Verdict":"malicious"},{"Domain":"example.com","Registered":"1995-08-14","Verdict":"clean"}]""",
            "commandAndResults",
            "table",
            contentsIsJson: true
        );
        room.AddEntry(
            "1",
            "admin",
            "Mail purged from **14** mailboxes. One click, by @user3: host isolated.",
            format: "markdown",
            note: true
        );
        chat.Post("user3", "test", "That was me, sorry. The notebook is on your desk.", root.Id);
        room.AddEntry(
            "1",
            "DBot",
            "Timeout of integration \"Sandbox Detonation\" after 120 s",
            "commandAndResults",
            type: 4
        );
        room.AddEntry("1", "user2", "Waiting for the detonation report, then we close.");
        await it.Mirror.WarRoomAsync(entries => entries.Count >= 3);
        await it.Mirror.ChatAsync("test", posts => posts.Count >= 5);
        chat.React("user1", root.Id, "+1");
        chat.React("user2", root.Id, "eyes");
        await Assertions.Expect(it.Line("chat", "Three people").Locator(".reaction")).ToHaveCountAsync(2);
        await Assertions
            .Expect(it.Room.Locator(".line").Filter(new LocatorFilterOptions { HasText = "after" }))
            .ToHaveCountAsync(8);
    }

    private static async Task KeepAsync(SandboxPage it, string name)
    {
        if (Environment.GetEnvironmentVariable("MATTERMOSTXSOAR_PICTURES") is { Length: > 0 } folder)
            await it.Page.ScreenshotAsync(
                new PageScreenshotOptions
                {
                    Path = Path.Combine(folder, name + ".png"),
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
    }
}
