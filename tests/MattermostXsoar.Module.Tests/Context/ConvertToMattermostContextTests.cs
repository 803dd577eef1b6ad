using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace MattermostXsoar.Module.Tests.Context;

/// <summary>Objects as XSOAR's context has them. That every documented path is there, the contract tests
/// show.</summary>
public sealed class ConvertToMattermostContextTests
{
    [Fact]
    public async Task One_object_is_an_object_and_several_are_a_list()
    {
        await using var scene = await Scene.StartAsync();

        var context = (
            await scene.InvokeAsync(
                "& { Get-MattermostTeam; Get-MattermostUser user1, user2 } | ConvertTo-MattermostContext"
            )
        ).Single();
        scene.Engine.Set("context", context);

        Assert.IsAssignableFrom<IDictionary>(context.BaseObject);
        Assert.Equal("panw", (await scene.InvokeAsync("$context.Mattermost.Team.name")).Single().ToString());
        Assert.Equal(
            ["user1", "user2"],
            (await scene.InvokeAsync("$context.Mattermost.User.username")).Succeeded().Select(name => name.ToString())
        );
        Assert.IsType<long>((await scene.InvokeAsync("$context.Mattermost.Team.create_at")).Single().BaseObject);
    }

    [Fact]
    public async Task Json_is_one_line_with_the_same_in_it()
    {
        await using var scene = await Scene.StartAsync();

        var json = (await scene.InvokeAsync("Get-MattermostTeam | ConvertTo-MattermostContext -AsJson"))
            .Single()
            .ToString();

        Assert.StartsWith("""{"Mattermost":{"Team":{"id":""", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', json);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(
            "panw",
            document.RootElement.GetProperty("Mattermost").GetProperty("Team").GetProperty("name").GetString()
        );
    }

    [Fact]
    public async Task A_users_channels_are_in_the_users_context()
    {
        await using var scene = await Scene.StartAsync();

        var script =
            "(Get-MattermostUserChannel user1 | ConvertTo-MattermostContext).Mattermost.User.Channels | ForEach-Object { \"$($_.name) $($_.type)\" }";

        Assert.Equal("secret P", (await scene.InvokeAsync(script)).Single().ToString());
    }

    [Theory]
    [InlineData("'text'")]
    [InlineData("$session")]
    [InlineData("(Send-MattermostNotification x -Channel test -PassThru)")]
    public async Task What_has_no_place_there_is_an_error_of_its_own(string other)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync($"{other}, (Get-MattermostTeam) | ConvertTo-MattermostContext");

        result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument);
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task Nothing_in_is_nothing_out()
    {
        await using var engine = await Engine.StartAsync();

        Assert.Empty((await engine.InvokeAsync("@() | ConvertTo-MattermostContext -AsJson")).Succeeded());
    }
}
