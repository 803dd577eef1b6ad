using System.Management.Automation;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Groups;

/// <summary>Listing groups and their members.</summary>
public sealed class GetMattermostGroupTests
{
    [Fact]
    public async Task Lists_groups_with_every_documented_field()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        var groups = (await scene.InvokeAsync("Get-MattermostGroup")).Succeeded();

        Assert.Equal(["everybody", "tier1", "tier2"], groups.All("name").Order(StringComparer.Ordinal));
        var group = groups.Single(group => (string?)group.Get("name") == "tier1");
        Assert.Equal(
            ("SOC Tier 1", "custom", true),
            (group.Get("display_name"), group.Get("source"), group.Get("IsCustom"))
        );
        Assert.IsType<long>(group.Get("create_at"));
        Assert.IsType<DateTimeOffset>(group.Get("CreateAt"));
        Assert.IsType<bool>(group.Get("has_syncables"));
    }

    [Theory]
    [InlineData("mattermost-list-groups -group tier -page 0 -page_size 10 -limit 5", 2)]
    [InlineData("Get-MattermostGroup 'tier 2'", 1)]
    [InlineData("'every', 'tier1' | Get-MattermostGroup", 2)]
    [InlineData("Get-MattermostGroup -Limit 1", 1)]
    [InlineData("Get-MattermostGroup nothing", 0)]
    public async Task Finds_groups_by_a_part_of_their_name(string command, int count)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        Assert.Equal(count, (await scene.InvokeAsync(command)).Succeeded().Count);
    }

    [Theory]
    [InlineData("Get-MattermostGroupMember tier1")]
    [InlineData("Get-MattermostGroupMember 'soc tier 1'")]
    [InlineData("mattermost-list-group-members -group_id $id -page 0 -page_size 10")]
    [InlineData("Get-MattermostGroup tier1 | Get-MattermostGroupMember")]
    public async Task Lists_members(string command)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Engine.Set("id", scene.Sandbox.Mattermost.Group("tier1").Id);

        var result = await scene.InvokeAsync(command + " -Verbose");

        var members = result.Succeeded();
        Assert.Equal(
            [("user1", "First1", "Last1"), ("user2", "Grace", "Hopper")],
            members.Select(m => ((string?)m.Get("username"), (string?)m.Get("first_name"), (string?)m.Get("last_name")))
        );
        Assert.Equal(scene.Sandbox.Mattermost.User("user1").Id, members[0].Get("id"));
        Assert.Contains($"Group {scene.Sandbox.Mattermost.Group("tier1").Id} members (2/2)", result.Verbose);
    }

    [Fact]
    public async Task Limit_is_the_total_over_pages_and_groups()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var names = Enumerable.Range(0, 210).Select(i => $"many{i:000}").ToArray();
        foreach (var name in names)
            scene.Sandbox.Mattermost.CreateUser(name);
        scene.Sandbox.Mattermost.CreateGroup("many", "Many", names);

        async Task<int> CountAsync(string command) => (await scene.InvokeAsync(command)).Succeeded().Count;

        Assert.Equal(50, await CountAsync("Get-MattermostGroupMember many"));
        Assert.Equal(205, await CountAsync("Get-MattermostGroupMember many -Limit 205"));
        Assert.Equal(211, await CountAsync("Get-MattermostGroupMember many, tier1 -Limit 211"));
        Assert.Equal(212, await CountAsync("Get-MattermostGroupMember many, tier1 -All"));
    }

    [Theory]
    [InlineData("Get-MattermostGroup")]
    [InlineData("Get-MattermostGroupMember tier1")]
    public async Task Without_a_license_that_is_the_error(string command)
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync(command)).AssertError("LicenseRequired", ErrorCategory.NotImplemented);

        Assert.Contains(
            "Professional or Enterprise license",
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_newer_servers_error_for_no_license_is_the_same_error()
    {
        await using var scene = await Scene.StartAsync(GroupScene.AsServer with { GroupsLicensed = false });

        (await scene.InvokeAsync("Get-MattermostGroup")).AssertError("LicenseRequired", ErrorCategory.NotImplemented);
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task A_group_that_is_not_there_is_an_error_and_the_others_go_on(string name)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        var result = await scene.InvokeAsync($"'{name}', 'tier2' | Get-MattermostGroupMember");

        Assert.Equal(["user3"], result.Output.All("Username"));
        Assert.Equal(name, result.AssertError("GroupNotFound", ErrorCategory.ObjectNotFound).TargetObject.ToString());
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed, connect: false);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.Mattermost.CreateToken("user1")));
        (await scene.InvokeAsync("$session = " + Scene.Connect)).Succeeded();

        var error = (await scene.InvokeAsync("Get-MattermostGroupMember tier1")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("manage_system", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_shown_as_the_original_shows_them()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);

        var groups = await scene.Engine.ShowAsync("Get-MattermostGroup tier1");
        var members = await scene.Engine.ShowAsync("Get-MattermostGroupMember tier2");

        Assert.Matches(@"Name\s+DisplayName\s+Description\s+Id", groups);
        Assert.Matches(@"tier1\s+SOC Tier 1\s+[a-z0-9]{26}", groups);
        Assert.Matches(@"Username\s+Email\s+Id", members);
        Assert.Matches(@"user3\s+user3@example.com\s+[a-z0-9]{26}", members);
    }

    [Theory]
    [InlineData("Get-MattermostGroup -All")]
    [InlineData("Get-MattermostGroupMember tier1")]
    public async Task Stop_within_a_second_while_the_server_stalls(string command)
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 100 });
        using var run = scene.Engine.Begin(command);
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync(TimeSpan.FromSeconds(1))).WasStopped);
    }
}
