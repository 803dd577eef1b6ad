using MattermostXsoar.Core.Mirroring.Markup;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Markup;

public sealed class BackLinkTests
{
    private const string PostId = "d96aw7ctyjyyig1mi694m4yf3r";

    [Fact]
    public void The_mark_gives_back_the_post_it_was_made_of()
    {
        var link = BackLink.PermalinkOf(new Uri("http://127.0.0.1:8065/chat/"), "panw", PostId);
        Assert.Equal($"http://127.0.0.1:8065/chat/panw/pl/{PostId}", link);
        Assert.Equal(PostId, BackLink.On("**Jane**: hello\n" + BackLink.Line(link))?.PostId);
    }

    /// <summary>A server's address may change: entries of before and after have to be found.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:8065/")]
    [InlineData("https://chat.corp.example")]
    [InlineData("https://chat.corp.example/chat/")]
    [InlineData("https://chat.corp.example/a(b)")]
    [InlineData("https://chat.corp.example/pl/bbbbbbbbbbbbbbbbbbbbbbbbbb/")]
    public void The_mark_is_the_same_whatever_the_address_of_the_server(string address)
    {
        var link = BackLink.PermalinkOf(new Uri(address), "panw", PostId);
        Assert.DoesNotContain("(", link, StringComparison.Ordinal);
        Assert.DoesNotContain(")", link, StringComparison.Ordinal);
        Assert.Equal((PostId, ""), BackLink.On("**Jane**: hello\n" + BackLink.Line(link)));
        Assert.Equal((PostId, "deleted"), BackLink.On("gone\n" + BackLink.Line(link, "deleted")));
    }

    [Theory]
    [InlineData("hello\n**From Mattermost**")]
    [InlineData("hello\n**From MatterMost**")]
    [InlineData("hello\n**FROM MATTERMOST**\n")]
    [InlineData("**From Mattermost** ([post](http://127.0.0.1/panw/pl/d96aw7ctyjyyig1mi694m4yf3r))")]
    public void Entries_from_the_chat_are_known_by_their_last_line_in_any_case(string contents) =>
        Assert.True(BackLink.IsOn(contents));

    [Theory]
    [InlineData("Did that come **From Mattermost** or not?")]
    [InlineData("> hello\n> **From Mattermost**\nI agree")]
    [InlineData("")]
    public void An_entry_that_only_mentions_it_is_not_taken_for_one(string contents)
    {
        Assert.False(BackLink.IsOn(contents));
        Assert.Null(BackLink.On(contents)?.PostId);
    }
}
