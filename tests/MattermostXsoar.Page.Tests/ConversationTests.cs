using MattermostXsoar.Page.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MattermostXsoar.Page.Tests;

/// <summary>What a person does with messages and entries on the page.</summary>
public sealed class ConversationTests(Browser browser)
{
    [Fact]
    public async Task Messages_are_sent_with_Enter_and_get_line_breaks_with_Shift_Enter()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        var box = it.Page.Locator("#chat-text");
        await box.FillAsync("first");
        await box.PressAsync("Shift+Enter");
        await box.PressSequentiallyAsync("second");
        await box.PressAsync("Control+Enter");
        await Expect(it.Line("chat", "second")).ToContainTextAsync("first");
        Assert.Equal("first\nsecond", Assert.Single(it.Sandbox.Mattermost.Messages("test")).Message);
        await Expect(box).ToHaveValueAsync("");
        await Expect(box).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Different_people_write_reply_edit_react_pin_and_delete()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await it.WriteAsync("chat", "root of it", "user2");
        await it.Line("chat", "root of it").HoverAsync();
        await it.Page.Locator("#chat-user").SelectOptionAsync("user3");
        await Tool(it.Line("chat", "root of it"), "Reply").ClickAsync();
        await Expect(it.Page.Locator("#chat-mode")).ToContainTextAsync("Replying to Grace Hopper");
        await it.WriteAsync("chat", "an answer");
        var reply = it.Line("chat", "an answer");
        await Expect(reply).ToContainTextAsync("↳ reply to @user2: root of it");
        var posts = it.Sandbox.Mattermost.Messages("test");
        Assert.Equal(posts[0].Id, posts[1].RootId);

        await reply.HoverAsync();
        await Tool(reply, "Edit").ClickAsync();
        await it.WriteAsync("chat", "a better answer");
        await Expect(it.Line("chat", "a better answer")).ToContainTextAsync("edited");

        await it.Line("chat", "root of it").First.HoverAsync();
        // Only the author can change a message.
        await Expect(Tool(it.Line("chat", "root of it").First, "Delete")).ToBeHiddenAsync();
        await Tool(it.Line("chat", "root of it").First, "React").ClickAsync();
        await it.Line("chat", "root of it")
            .First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "eyes" })
            .ClickAsync();
        await Expect(
                it.Line("chat", "root of it")
                    .First.GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = "eyes: user3" })
            )
            .ToBeVisibleAsync();

        await Tool(it.Line("chat", "root of it").First, "Pin").ClickAsync();
        await Expect(it.Line("chat", "root of it").First.Locator(".chip")).ToHaveTextAsync("pinned");
        Assert.Equal([posts[0].Id], it.Sandbox.Mattermost.PinnedPosts("test").Select(static post => post.Id));
        await Tool(it.Line("chat", "root of it").First, "Unpin").ClickAsync();
        await Expect(it.Line("chat", "root of it").First.Locator(".chip")).ToHaveCountAsync(0);

        var better = it.Line("chat", "a better answer");
        var id = await better.GetAttributeAsync("data-id");
        await better.HoverAsync();
        await Tool(better, "Delete").ClickAsync();
        await Expect(it.Page.Locator($"#chat-log [data-id='{id}']")).ToContainTextAsync("This message was deleted.");
        Assert.Single(it.Sandbox.Mattermost.Messages("test"));
        Assert.Empty(it.Problems);
    }

    [Fact]
    public async Task Entries_have_kinds_and_can_be_edited_and_deleted()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        var kind = it.Page.Locator("#room-kind");
        foreach (
            var (name, text, shown) in new[]
            {
                ("note", "a **note**", "Note"),
                ("command", "ip ip=203.0.113.7", "Command"),
                ("result", "found nothing", "Result"),
                ("error", "it broke", "Error"),
                ("html", "<b>bold</b>", "Result"),
            }
        )
        {
            await kind.SelectOptionAsync(name);
            await it.WriteAsync("room", text, "DBot");
            await Expect(it.Line("room", text.Replace("**", "", StringComparison.Ordinal)).Last.Locator(".chip"))
                .ToHaveTextAsync(shown);
        }
        await kind.SelectOptionAsync("table");
        await it.WriteAsync("room", """[{"Host":"web-1","Verdict":"clean"}]""");
        await Expect(it.Room.GetByRole(AriaRole.Columnheader, new LocatorGetByRoleOptions { Name = "Verdict" }))
            .ToBeVisibleAsync();
        await kind.SelectOptionAsync("json");
        await it.WriteAsync("room", """{"deep":{"score":3}}""");
        await Expect(it.Line("room", "\"score\": 3")).ToBeVisibleAsync();
        await it.WriteAsync("room", "{not json");
        await Expect(it.Page.Locator("#room-refusal")).ToContainTextAsync("This is not JSON.");
        await Expect(it.Page.Locator("#room-text")).ToHaveValueAsync("{not json");

        await it.Page.Locator("#room-text").FillAsync("");
        await kind.SelectOptionAsync("chat");
        await it.WriteAsync("room", "my line", "user2");
        var line = it.Line("room", "my line");
        await Expect(line.Locator(".text")).ToHaveTextAsync("my line");
        await line.HoverAsync();
        await Tool(line, "Edit").ClickAsync();
        await it.WriteAsync("room", "my own line");
        await Expect(it.Line("room", "my own line")).ToContainTextAsync("edited");
        await it.Line("room", "my own line").HoverAsync();
        await Tool(it.Line("room", "my own line"), "Delete").ClickAsync();
        await Expect(it.Room).ToContainTextAsync("This entry was deleted.");
    }

    [Fact]
    public async Task Channels_and_incidents_are_created_and_people_added()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        await it.Page.Locator("#new-channel").ClickAsync();
        await it.Page.Locator("#ask-name").FillAsync("Case 42: Mail!");
        await it.Page.Locator("#ask-ok").ClickAsync();
        await Expect(it.Page.Locator("#chat-title")).ToHaveTextAsync("Case 42: Mail!");
        Assert.Equal("case-42-mail", it.Sandbox.Mattermost.Channel("case-42-mail").Name);

        await it.WriteAsync("chat", "may I?", "user3");
        await Expect(it.Page.Locator("#chat-refusal")).ToContainTextAsync("permissions");
        await it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add user3" }).ClickAsync();
        await Expect(it.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add user3" }))
            .ToBeHiddenAsync();
        await it.Page.Locator("#chat-text").PressAsync("Enter");
        await Expect(it.Line("chat", "may I?")).ToBeVisibleAsync();

        await it.Page.Locator("#new-incident").ClickAsync();
        await it.Page.Locator("#ask-ok").ClickAsync();
        await Expect(it.Page.Locator("#ask-refusal")).ToHaveTextAsync("Give it a name.");
        await it.Page.Locator("#ask-name").FillAsync("Lost notebook");
        await it.Page.Locator("#ask-name").PressAsync("Enter");
        await Expect(it.Page.Locator("#room-title")).ToHaveTextAsync("#4 Lost notebook");
        Assert.Equal("Lost notebook", it.Sandbox.Xsoar.Incident("4").Name);
    }

    [Fact]
    public async Task Hundreds_of_messages_stay_two_hundred_elements()
    {
        await using var it = await SandboxPage.OpenAsync(browser);
        for (var i = 0; i < 700; i++)
            it.Sandbox.Mattermost.Post("user1", "test", $"line {i}");
        await Expect(it.Line("chat", "line 699")).ToBeVisibleAsync();
        await Expect(it.Chat.Locator(".line")).ToHaveCountAsync(200);

        // A reader of older messages is not scrolled away by newer ones.
        await it.Chat.EvaluateAsync("log => { log.scrollTop = 200; }");
        it.Sandbox.Mattermost.Post("user1", "test", "one more");
        await Expect(it.Page.Locator("#chat-newer")).ToHaveTextAsync("1 newer message ↓");
        await Expect(it.Line("chat", "one more")).Not.ToBeInViewportAsync();
        await it.Page.Locator("#chat-newer").ClickAsync();
        await Expect(it.Line("chat", "one more")).ToBeInViewportAsync();
    }

    private static ILocator Tool(ILocator line, string name) =>
        line.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });
}
