using System.Text.Json;
using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MattermostXsoar.Page.Tests;

/// <summary>Malicious messages, and malicious pages.</summary>
public sealed class SafetyTests(Browser browser)
{
    private const string Trap = "window.trapped = true";

    private static readonly string[] Hostile =
    [
        $"<img src=x onerror=\"{Trap}\">",
        $"<script>{Trap}</script>",
        $"<svg onload=\"{Trap}\"></svg>",
        $"[click](javascript:{Trap.Replace(" ", "", StringComparison.Ordinal)})",
        $"\"><iframe srcdoc=\"<script>parent.{Trap}</script>\">",
        "**<b onmouseover=alert(1)>**",
        "```html\n<style>*{display:none}</style>\n```",
        "| <i>a</i> | b |\n| --- | --- |\n| <img src=x onerror=alert(1)> | `<u>` |",
        "`" + new string('`', 3000),
        new string('*', 3000),
        new string('[', 3000),
        new string('>', 3000),
        "\u202Eright to left",
        "x\0y",
    ];

    [Fact]
    public async Task Hostile_messages_stay_text_on_both_sides()
    {
        await using var it = await SandboxPage.OpenMirroredAsync(browser);
        var dialogs = 0;
        it.Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        var foreign = new List<string>();
        it.Page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(it.Sandbox.MattermostUri.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                foreign.Add(request.Url);
        };
        it.Sandbox.Mattermost.CreateUser("evil", "<img src=x", "onerror=alert(1)>");
        it.Sandbox.Mattermost.AddToTeam("panw", "evil");
        it.Sandbox.Mattermost.AddMember("test", "evil");
        it.Sandbox.Xsoar.CreateIncident($"<script>{Trap}</script>");
        foreach (var text in Hostile)
        {
            // Mattermost's database accepts no NUL.
            if (!text.Contains('\0'))
                it.Sandbox.Mattermost.Post("evil", "test", text);
            it.Sandbox.Xsoar.AddEntry("1", "<b>analyst</b>", text, "commandAndResults", "html");
            it.Sandbox.Xsoar.AddEntry("1", "DBot", text, "commandAndResults", "markdown");
        }
        it.Sandbox.Xsoar.AddEntry(
            "1",
            "DBot",
            JsonSerializer.Serialize(new[] { new { key = Hostile[0] } }),
            "commandAndResults",
            "table",
            contentsIsJson: true
        );
        await it.WriteAsync("room", "the end");
        await it.WriteAsync("chat", "the end too");
        await Expect(it.Line("chat", "the end").First).ToBeVisibleAsync();
        await Expect(it.Line("room", "the end too")).ToBeVisibleAsync();

        await Expect(it.Line("chat", Hostile[0]).First).ToBeVisibleAsync();
        Assert.Equal(0, await it.Page.Locator(".log :is(img, script, iframe, style, svg, b, i, u)").CountAsync());
        Assert.Equal(0, await it.Page.Locator("a[href^='javascript']").CountAsync());
        Assert.False(await it.Page.EvaluateAsync<bool>("window.trapped === true"));
        Assert.Equal(0, dialogs);
        Assert.Empty(foreign);
        Assert.Empty(it.Problems);
    }

    [Fact]
    public async Task Markup_that_a_script_would_insert_is_refused_by_the_policy()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        var refused = await it.Page.EvaluateAsync<string>(
            "() => { try { document.querySelector('#toasts').innerHTML = '<b>x</b>'; return 'inserted'; } catch (error) { return error.name; } }"
        );
        Assert.Equal("TypeError", refused);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_drive_the_sandbox()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await using var stranger = await SandboxPage.OpenAsync(browser);
        // Another port is another origin. Requests that it sends without a preflight arrive, and must be refused by the
        // sandbox.
        var sent = await stranger.Page.EvaluateAsync<string>(
            """
            async target => {
              const results = [];
              for (const [path, method] of [['/sandbox/page/incidents', 'POST'], ['/sandbox/freeze', 'POST'], ['/sandbox/faults', 'POST']])
                results.push(await fetch(target + path, { method, mode: 'no-cors', body: '{"name":"mine","kind":"Drop"}' }).then(answer => answer.type, error => error.name));
              results.push(await fetch(target + '/sandbox/posts?channel=test').then(() => 'read', () => 'unread'));
              return results.join(' ');
            }
            """,
            it.Sandbox.MattermostUri.AbsoluteUri.TrimEnd('/')
        );
        Assert.EndsWith("unread", sent, StringComparison.Ordinal);
        Assert.Equal(3, it.Sandbox.Xsoar.Incidents.Count);
        Assert.Empty(it.Sandbox.Faults.Pending);
        await it.WriteAsync("chat", "still here");
        await Expect(it.Line("chat", "still here")).ToBeVisibleAsync();
    }
}
