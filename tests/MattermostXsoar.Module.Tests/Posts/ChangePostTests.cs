using System.Management.Automation;
using MattermostXsoar.Module.Tests.Groups;

namespace MattermostXsoar.Module.Tests.Posts;

/// <summary>Changing, pinning and deleting posts, reacting to them, and who acknowledged them.</summary>
public sealed class ChangePostTests
{
    [Fact]
    public async Task Only_what_is_given_changes()
    {
        await using var scene = await PostScene.StartAsync();

        var pinned = (await scene.InvokeAsync("Set-MattermostPost $post -Pinned -PassThru")).Single();
        var edited = (
            await scene.InvokeAsync("Get-MattermostPost -Id $post | Set-MattermostPost -Message one, two -PassThru")
        ).Single();
        var unpinned = (await scene.InvokeAsync("Set-MattermostPost $post -Pinned:$false -PassThru")).Single();

        Assert.Equal((true, "The first message"), (pinned.Get("IsPinned"), pinned.Get("Message")));
        Assert.Equal((true, "one\ntwo", true), (edited.Get("IsPinned"), edited.Get("Message"), edited.Get("IsEdited")));
        Assert.Equal((false, "one\ntwo"), (unpinned.Get("IsPinned"), unpinned.Get("Message")));
    }

    [Theory]
    [InlineData("Set-MattermostPost $post")]
    [InlineData("Set-MattermostPost $post ' '")]
    [InlineData("Set-MattermostPost $post ('x' * 20000)")]
    [InlineData("Add-MattermostReaction $post 'no emoji!'")]
    public async Task What_cannot_be_is_refused_before_anything_is_changed(string command)
    {
        await using var scene = await PostScene.StartAsync();

        (await scene.InvokeAsync(command)).AssertError("InvalidArgument", ErrorCategory.InvalidArgument);

        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Fact]
    public async Task The_bot_changes_its_own_posts_itself()
    {
        await using var scene = await PostScene.StartAsync();
        scene.Sandbox.Mattermost.User("admin").Roles = "system_user";

        var post = (
            await scene.InvokeAsync(
                "Send-MattermostNotification old -Channel test -PassThru | Set-MattermostPost -Message new -PassThru"
            )
        ).Single();
        var others = await scene.InvokeAsync("Set-MattermostPost $post new");

        Assert.Equal(("new", "xsoarbot"), (post.Get("Message"), post.Get("Author")));
        Assert.Contains(
            "edit_others_posts",
            others.AssertError("PermissionDenied", ErrorCategory.PermissionDenied).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_post_is_deleted_with_its_replies()
    {
        await using var scene = await PostScene.StartAsync();

        var asked = await scene.InvokeAsync("Remove-MattermostPost $post -WhatIf");
        var removed = await scene.InvokeAsync("Remove-MattermostPost $post -Confirm:$false -PassThru");

        Assert.Contains("Delete, with 1 replies", asked.Screen, StringComparison.Ordinal);
        Assert.Contains("of @user1 in 'test': The first message", asked.Screen, StringComparison.Ordinal);
        Assert.Equal("The first message", removed.Single().Get("Message"));
        Assert.Equal(["The second message"], scene.Sandbox.Mattermost.Messages("test").Select(post => post.Message));
    }

    [Fact]
    public async Task The_bot_reacts_and_takes_it_back()
    {
        await using var scene = await PostScene.StartAsync();
        scene.Sandbox.Mattermost.RemoveMember("test", "xsoarbot");
        var id = LanguagePrimitives.ConvertTo<string>(scene.Engine.Get("post"));

        (await scene.InvokeAsync("Add-MattermostReaction $post 👍, ':eyes:', White_Check_Mark")).Succeeded();
        var added = scene.Sandbox.Mattermost.Reactions(id).Select(reaction => reaction.EmojiName).ToList();
        (await scene.InvokeAsync("$post | Remove-MattermostReaction -Emoji eyes, tada")).Succeeded();

        Assert.Equal(["+1", "eyes", "white_check_mark"], added.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["+1", "white_check_mark"],
            scene.Sandbox.Mattermost.Reactions(id).Select(it => it.EmojiName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_unknown_emoji_is_an_error()
    {
        await using var scene = await PostScene.StartAsync();

        Assert.Single((await scene.InvokeAsync("Add-MattermostReaction $post no_such_emoji")).Errors);
    }

    [Fact]
    public async Task Who_acknowledged_is_shown_in_their_order()
    {
        await using var scene = await PostScene.StartAsync(GroupScene.Licensed);
        var asked = (
            await scene.InvokeAsync(
                "Send-MattermostNotification Look -Channel test -Priority Urgent -RequestAcknowledgement -PassThru"
            )
        ).Single();
        var id = (string)asked.Get("Id")!;
        scene.Sandbox.Mattermost.Acknowledge(id, "user2");
        scene.Sandbox.Mattermost.Acknowledge(id, "user1");
        scene.Engine.Set("asked", id);

        var acknowledged = (await scene.InvokeAsync("Get-MattermostAcknowledgement $asked")).Succeeded();
        var other = await scene.InvokeAsync("Get-MattermostAcknowledgement $post");

        Assert.Equal(("urgent", true), (asked.Get("Priority"), asked.Get("IsAcknowledgementRequested")));
        Assert.Equal(["user2", "user1"], acknowledged.All("Username"));
        Assert.IsType<DateTimeOffset>(acknowledged[0].Get("AcknowledgedAt"));
        Assert.Contains("asks for no acknowledgement", Assert.Single(other.Warnings), StringComparison.Ordinal);
    }
}
