using System.Net;
using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MattermostXsoar.Page.Tests;

/// <summary>Buttons for faults, and the page during faults.</summary>
public sealed class FaultButtonTests(Browser browser)
{
    [Fact]
    public async Task A_button_adds_the_fault_and_the_page_shows_it_and_the_failed_calls()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "429 for 10 calls" }).ClickAsync();
        var active = it.Page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Active faults" });
        await Expect(active).ToContainTextAsync("429 · Mattermost · 10 left");

        using var client = new HttpClient { BaseAddress = it.Sandbox.MattermostUri };
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.GetAsync(
                new Uri("/api/v4/users/me", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
        await Expect(active).ToContainTextAsync("7 left");
        await it.Page.GetByLabel("Errors only").CheckAsync();
        var row = it.Page.Locator("#calls tbody tr");
        await Expect(row).ToContainTextAsync("GET /api/v4/users/me");
        await Expect(row).ToContainTextAsync("✕ 429");
        await Expect(row).ToContainTextAsync("×3");

        await active.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(it.Page.Locator("#faults-none")).ToHaveTextAsync("No fault is active");
        using var fine = await client.GetAsync(
            new Uri("/api/v4/system/ping", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        Assert.Empty(it.Problems);
    }

    [Theory]
    [InlineData("Cut")]
    [InlineData("Restart")]
    public async Task The_mirror_and_the_page_go_on_after_it(string button)
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        await it.WriteAsync("chat", "before");
        await Expect(it.Line("room", "before")).ToBeVisibleAsync();
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
        if (button == "Restart")
            await it.Sandbox.WhenRestartedAsync(1, it.Mirror.Token);
        await Expect(it.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        it.Sandbox.Mattermost.Post("user1", "test", "going on");
        await Expect(it.Line("room", "going on")).ToBeVisibleAsync();
        await Expect(it.Line("chat", "before")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_without_its_sandbox_says_so_keeps_the_text_and_reconnects_by_itself()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await it.WriteAsync("chat", "before");
        await Expect(it.Line("chat", "before")).ToBeVisibleAsync();
        await it.Sandbox.StopAsync();
        await Expect(it.Page.Locator("#live")).ToContainTextAsync("Disconnected. Next try in");
        await it.WriteAsync("chat", "written while it is down");
        await Expect(it.Page.Locator("#chat-refusal")).ToContainTextAsync("The sandbox does not answer");
        await Expect(it.Page.Locator("#chat-text")).ToHaveValueAsync("written while it is down");

        await it.Sandbox.ContinueAsync();
        await Expect(it.Page.Locator("#live-text")).ToHaveTextAsync("Live");
        await it.Page.Locator("#chat-text").PressAsync("Enter");
        await Expect(it.Line("chat", "written while it is down")).ToHaveCountAsync(1);
        await Expect(it.Line("chat", "before")).ToHaveCountAsync(1);
    }
}
