using System.Management.Automation;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Servers;

/// <summary>
/// The same on both servers that were recorded: members, channels, posts and errors. All other tests use the newer one,
/// unless they are about the older.
/// </summary>
public sealed class BothVersionsTests
{
    private static readonly (string Command, string ErrorId)[] Refused =
    [
        ("Get-MattermostUser nobody", "UserNotFound"),
        ("Get-MattermostUser zzzzzzzzzzzzzzzzzzzzzzzzzz", "UserNotFound"),
        ("Get-MattermostUser nobody@example.com", "UserNotFound"),
        ("Get-MattermostUser 'x@'", "UserNotFound"),
        ("Get-MattermostTeam nowhere", "TeamNotFound"),
        ("Get-MattermostChannel nosuch", "ChannelNotFound"),
        ("Get-MattermostChannel zzzzzzzzzzzzzzzzzzzzzzzzzz", "ChannelNotFound"),
        ("New-MattermostChannel Gone gone", "ChannelArchived"),
        ("New-MattermostChannel Test test -Type Private", "ChannelMoreOpen"),
        ("New-MattermostChannel Other other -Team nowhere", "TeamNotFound"),
        ("Close-MattermostChannel town-square", "InvalidRequest"),
        ("Add-MattermostChannelMember secret nobody", "UserNotFound"),
        ("Add-MattermostChannelMember secret outsider", "UserNotFound"),
        ("Add-MattermostChannelMember nosuch user1", "ChannelNotFound"),
        ("Set-MattermostChannelRole secret user2 Admin", "UserNotFound"),
        ("Send-MattermostNotification x -Channel gone", "ChannelArchived"),
        ("Send-MattermostNotification x -To nobody", "UserNotFound"),
        ("Send-MattermostFile $large -Channel test", "FileTooLarge"),
        ("Get-MattermostGroup", "LicenseRequired"),
        ("Get-MattermostGroupMember zzzzzzzzzzzzzzzzzzzzzzzzzz", "LicenseRequired"),
        ("Set-MattermostChannelRole test user2 Admin -Session $weak", "PermissionDenied"),
        ("Get-MattermostUser user1 -Session $revoked", "InvalidPersonalToken"),
    ];

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Members_are_added_made_administrators_and_removed(string version)
    {
        await using var scene = await StartAsync(version);
        var world = scene.Sandbox.Mattermost;
        bool IsIn(string name) => world.Channel("secret").MemberIds.Contains(world.User(name).Id);

        var added = await scene.InvokeAsync(
            "'user2', '@user3', 'user1@example.com' | Add-MattermostChannelMember secret -PassThru"
        );
        Assert.Equal(
            ["user2", "user3", "user1"],
            added.Succeeded().Select(member => world.User((string)member.Get("user_id")!).Username)
        );
        (await scene.InvokeAsync("Add-MattermostChannelMember secret user2")).Succeeded();
        var raised = await scene.InvokeAsync("Set-MattermostChannelRole secret user2 Admin -PassThru");
        Assert.Equal("channel_user channel_admin", raised.Single().Get("roles"));
        (await scene.InvokeAsync("Remove-MattermostChannelMember secret user2, user3")).Succeeded();
        var again = await scene.InvokeAsync("Remove-MattermostChannelMember secret user3 -Verbose");

        Assert.Empty(again.Succeeded());
        Assert.Contains("@user3 was not in the channel 'secret'.", again.Verbose);
        Assert.Equal([true, false, false], new[] { "user1", "user2", "user3" }.Select(IsIn));
        Assert.Equal(
            ["admin", "user1", "xsoarbot"],
            (await scene.InvokeAsync("Get-MattermostUser -Channel secret -All")).Succeeded().All("Username").Order()
        );
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task Channels_are_made_written_in_and_archived(string version)
    {
        await using var scene = await StartAsync(version);

        var made = (
            await scene.InvokeAsync(
                "New-MattermostChannel 'War room 7' war-room-7 -Type Private -Purpose why -Header top"
            )
        ).Single();
        Assert.Equal(("P", "why", "top"), (made.Get("type"), made.Get("purpose"), made.Get("header")));
        var same = await scene.InvokeAsync("New-MattermostChannel 'War room 7' war-room-7 -Type Private");
        Assert.Equal(made.Get("Id"), same.Single().Get("Id"));
        Assert.Equal(["Channel War room 7 already exists."], same.Warnings);
        var post = (
            await scene.InvokeAsync("Send-MattermostNotification 'look' -Channel war-room-7 -PassThru")
        ).Single();
        Assert.Equal("look", scene.Sandbox.Mattermost.Messages("war-room-7")[^1].Message);
        Assert.Equal(scene.Sandbox.Mattermost.Messages("war-room-7")[^1].Id, post.Get("Id"));
        Assert.Equal(
            ["alerts", "off-topic", "secret", "test", "town-square", "war-room-7"],
            (await scene.InvokeAsync("Get-MattermostChannel -IncludePrivate -All")).Succeeded().All("Name").Order()
        );
        Assert.Equal(
            true,
            (await scene.InvokeAsync("Close-MattermostChannel war-room-7 -PassThru")).Single().Get("IsArchived")
        );
        Assert.True(scene.Sandbox.Mattermost.Channel("war-room-7").IsArchived);
    }

    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task What_is_refused_is_the_same_error(string version)
    {
        await using var scene = await StartAsync(version);
        var large = Path.GetTempFileName();
        await File.WriteAllBytesAsync(large, new byte[2000], TestContext.Current.CancellationToken);
        scene.Engine.Set("large", large);
        var found = new List<(string, string)>();
        try
        {
            foreach (var (command, _) in Refused)
            {
                var result = await scene.InvokeAsync(command);
                found.Add((command, result.ErrorId));
                scene.AssertNoSecretIn(result.AllText());
            }
        }
        finally
        {
            File.Delete(large);
        }

        Assert.Equal(Refused, found);
    }

    // The administrator's session is the newest, so that it is the one that commands use without -Session.
    private static async Task<Scene> StartAsync(string version)
    {
        var scene = await Scene.StartAsync(
            new SandboxOptions { MattermostVersion = version, MaxFileSize = 1000 },
            connect: false
        );
        var world = scene.Sandbox.Mattermost;
        world.CreateUser("outsider");
        world.CreateChannel("admin", "gone", "Gone");
        world.Archive("gone");
        var (weak, revoked) = (world.CreateToken("user1"), world.CreateToken("user2"));
        foreach (var (name, token) in new[] { ("weak", weak), ("revoked", revoked) })
        {
            scene.Engine.Set("personal", Scene.Secret(token));
            (await scene.InvokeAsync($"${name} = {Scene.ConnectWithoutXsoar}")).Succeeded();
        }

        world.RevokeToken(revoked);
        scene.Engine.Set("personal", Scene.Secret(scene.Sandbox.PersonalToken));
        (await scene.InvokeAsync(Scene.Connect)).Succeeded();
        return scene;
    }
}
