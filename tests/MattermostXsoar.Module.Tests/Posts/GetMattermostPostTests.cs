using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Posts;

/// <summary>Reading posts of channels, threads and searches.</summary>
public sealed class GetMattermostPostTests
{
    [Theory]
    [InlineData("Get-MattermostPost test -Last 2", "The second message", "A reply")]
    [InlineData("Get-MattermostPost -Channel (Get-MattermostChannel test) -Last 1", "The second message")]
    [InlineData("Get-MattermostChannel test | Get-MattermostPost -Last 1", "The second message")]
    [InlineData("Get-MattermostPost -Id $post", "The first message")]
    [InlineData("Get-MattermostPost -Id $post | Get-MattermostPost", "The first message")]
    [InlineData("Get-MattermostPost -Id (Get-MattermostPost -Id $post).Permalink", "The first message")]
    [InlineData("Get-MattermostPost -RootPost $post", "The first message", "A reply")]
    [InlineData("Get-MattermostPost -Search message", "The second message", "The first message")]
    [InlineData("Get-MattermostPost -Search '\"first message\"' -Channel test", "The first message")]
    [InlineData("Get-MattermostPost -Search message -Channel alerts")]
    [InlineData("Get-MattermostPost test -Before ([DateTimeOffset]::UtcNow.AddYears(-1))")]
    [InlineData("Get-MattermostPost test -Since ([DateTimeOffset]::UtcNow.AddYears(1))")]
    public async Task Finds_posts(string command, params string[] messages)
    {
        await using var scene = await PostScene.StartAsync();

        var found = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(messages, found.All("Message"));
    }

    [Fact]
    public async Task A_post_says_who_wrote_it_and_where_it_is()
    {
        await using var scene = await PostScene.StartAsync();

        var post = (await scene.InvokeAsync("Get-MattermostPost -Id $post")).Single();

        Assert.Equal(
            ("user1", "First1 Last1", "test", false, false),
            (
                post.Get("Author"),
                post.Get("AuthorName"),
                post.Get("ChannelName"),
                post.Get("IsEdited"),
                post.Get("IsDeleted")
            )
        );
        Assert.Equal($"{scene.Sandbox.MattermostUri}panw/pl/{post.Get("Id")}", post.Get("Permalink")!.ToString());
        Assert.IsType<DateTimeOffset>(post.Get("CreateAt"));
    }

    [Fact]
    public async Task All_posts_come_page_by_page_and_each_once()
    {
        // Here many posts are of one millisecond.
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 450; i++)
            scene.Sandbox.Mattermost.Post("user1", "alerts", $"m{i}");
        scene.Sandbox.Calls.Clear();

        var found = (await scene.InvokeAsync("Get-MattermostPost alerts -All")).Succeeded();
        var few = await scene.InvokeAsync("Get-MattermostPost alerts");

        var messages = found.All("Message").Where(text => text!.StartsWith('m')).ToList();
        Assert.Equal(Enumerable.Range(0, 450).Select(i => $"m{i}").Order(), messages.Order());
        Assert.Equal(50, few.Succeeded().Count);
        Assert.Contains("These are the last 50", Assert.Single(few.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_bot_may_see_is_read_as_the_bot()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1 -KickAdmin")).Succeeded();
        scene.Sandbox.Mattermost.User("admin").Roles = "system_user";

        var found = await scene.InvokeAsync("Get-MattermostMirror 1 | Get-MattermostPost -Last 1");

        Assert.Equal("incident-1", found.Single().Get("ChannelName"));
    }

    [Fact]
    public async Task One_that_is_missing_is_an_error()
    {
        await using var scene = await PostScene.StartAsync();

        var result = await scene.InvokeAsync("Get-MattermostPost -Id $post, 8ab3dkfjx7yzfq9h4mwp1ucoty");

        Assert.Single(result.Output);
        result.AssertError("PostNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public async Task Posts_of_an_older_server_are_read_as_well()
    {
        await using var scene = await PostScene.StartAsync(new SandboxOptions { MattermostVersion = "5.37.0" });

        var thread = (await scene.InvokeAsync("Get-MattermostPost -RootPost $post")).Succeeded();
        var found = (await scene.InvokeAsync("Get-MattermostPost -Search reply")).Succeeded();

        Assert.Equal(["The first message", "A reply"], thread.All("Message"));
        Assert.Equal(["A reply"], found.All("Message"));
    }
}
