using System.Management.Automation;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Channels;

public sealed class NewMattermostChannelTests
{
    [Theory]
    [InlineData("New-MattermostChannel 'War room 7' war-room-7 -Type Private -Purpose why -Header top")]
    [InlineData(
        "mattermost-create-channel -display_name 'War room 7' -name war-room-7 -type private -purpose why -header top -team panw"
    )]
    [InlineData(
        "[pscustomobject]@{ DisplayName = 'War room 7'; Name = 'war-room-7'; Type = 'private'; Purpose = 'why'; Header = 'top' } | New-MattermostChannel"
    )]
    public async Task Makes_a_channel(string command)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(command + " -Verbose");

        var channel = result.Single();
        Assert.Equal(
            ("war-room-7", "War room 7", "P"),
            (channel.Get("name"), channel.Get("display_name"), channel.Get("type"))
        );
        Assert.Equal(("why", "top"), (channel.Get("purpose"), channel.Get("header")));
        Assert.Null(channel.Get("scheme_id"));
        Assert.Contains(
            $"The channel War room 7 was created successfully, with channel ID: {channel.Get("Id")}",
            result.Verbose
        );
        Assert.Equal("War room 7", scene.Sandbox.Mattermost.Channel("war-room-7").DisplayName);
    }

    [Theory]
    [InlineData("Public", true)]
    [InlineData("Private", false)]
    public async Task A_private_namesake_is_reported_as_private_where_a_public_channel_was_asked_for(
        string type,
        bool isReported
    )
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");

        var result = await scene.InvokeAsync($"New-MattermostChannel Closed closed -Type {type}");

        Assert.Equal("closed", result.Single().Get("Name"));
        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith("Channel Closed already exists.", warning, StringComparison.Ordinal);
        Assert.Equal(isReported, warning.Contains("It is private", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_public_unless_requested_otherwise()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Equal("O", (await scene.InvokeAsync("New-MattermostChannel New new-one")).Single().Get("Type"));
    }

    [Fact]
    public async Task An_existing_namesake_is_written_with_a_warning()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync("New-MattermostChannel Test test");

        Assert.Equal(scene.Sandbox.Mattermost.Channel("test").Id, result.Single().Get("Id"));
        Assert.Equal(["Channel Test already exists."], result.Warnings);
    }

    [Fact]
    public async Task A_public_namesake_of_a_channel_that_is_to_be_private_is_an_error()
    {
        await using var scene = await Scene.StartAsync();

        var error = (await scene.InvokeAsync("New-MattermostChannel Test test -Type Private")).AssertError(
            "ChannelMoreOpen",
            ErrorCategory.ResourceExists
        );

        var members = scene.Sandbox.Mattermost.Channel("test").MemberIds.Count;
        Assert.StartsWith(
            $"The channel 'test' is public, with {members} members,",
            error.Exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("-Type Public", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Type Public")]
    [InlineData("-Type Private")]
    public async Task A_private_namesake_is_written_and_keeps_its_purpose_and_header(string type)
    {
        await using var scene = await Scene.StartAsync();
        await scene.InvokeAsync("New-MattermostChannel Closed closed -Type Private -Purpose why -Header top");

        var again = (await scene.InvokeAsync($"New-MattermostChannel Other closed {type}")).Single();

        Assert.Equal(
            ("P", "Closed", "why", "top"),
            (again.Get("type"), again.Get("display_name"), again.Get("purpose"), again.Get("header"))
        );
    }

    [Fact]
    public async Task An_archived_namesake_is_explained()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.Archive("test");

        var error = (await scene.InvokeAsync("New-MattermostChannel Test test")).AssertError(
            "ChannelArchived",
            ErrorCategory.ResourceExists
        );

        Assert.Equal(
            "Could not create a new channel. An archived channel with the same name may exist in the provided team. Please choose a different name.",
            error.Exception.Message
        );
        Assert.Equal("test", error.TargetObject);
        Assert.Contains(
            scene.Sandbox.Mattermost.Channel("test").Id,
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_name_that_cannot_be_is_that_inputs_error()
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync(
            "[pscustomobject]@{ DisplayName = 'A'; Name = 'a b' }, [pscustomobject]@{ DisplayName = 'B'; Name = 'bb' } | New-MattermostChannel"
        );

        Assert.Equal(["bb"], result.Output.All("Name"));
        var error = Assert.Single(result.Errors);
        Assert.Equal(("InvalidArgument", "a b"), (error.FullyQualifiedErrorId.Split(',')[0], error.TargetObject));
    }

    [Theory]
    [InlineData("5.37.0", "Q q", "it has one character")]
    [InlineData("5.37.0", "Soc soc_", "it ends with '_'")]
    [InlineData("11.6.0", "Q q", null)]
    [InlineData("11.6.0", "Soc soc_", null)]
    [InlineData("11.6.0", "Soc ('n' * 64)", null)]
    [InlineData("11.6.0", "Soc ('n' * 65)", "it has 65 characters, and Mattermost allows 64")]
    [InlineData("11.6.0", "('d' * 65) soc", "it has 65 characters, and Mattermost allows 64")]
    [InlineData("11.6.0", "Soc soc -Header ('h' * 1025)", "it has 1025 characters, and Mattermost allows 1024")]
    [InlineData("11.6.0", "Soc soc -Purpose ('p' * 251)", "it has 251 characters, and Mattermost allows 250")]
    [InlineData("11.6.0", "Soc Soc", "it has other characters than")]
    public async Task What_the_server_does_not_allow_is_refused_before_anything_is_sent(
        string version,
        string arguments,
        string? fault
    )
    {
        await using var scene = await Scene.StartAsync(new SandboxOptions { MattermostVersion = version });

        var result = await scene.InvokeAsync("New-MattermostChannel " + arguments);

        if (fault is null)
        {
            result.Single();
            return;
        }

        var error = result.AssertError("InvalidArgument", ErrorCategory.InvalidArgument);
        Assert.Contains(fault, error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("Give ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(scene.Sandbox.Calls);
    }

    [Fact]
    public async Task WhatIf_makes_nothing()
    {
        await using var scene = await Scene.StartAsync();

        Assert.Empty((await scene.InvokeAsync("New-MattermostChannel New new-one -WhatIf")).Succeeded());

        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Theory]
    [InlineData("Public", "create_public_channel")]
    [InlineData("Private", "create_private_channel")]
    public async Task Names_the_missing_right(string type, string permission)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Status = 403,
                Body =
                    """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions."}""",
            }
        );

        var error = (await scene.InvokeAsync($"New-MattermostChannel New new-one -Type {type}")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("for the new channel 'new-one'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(permission, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_within_a_second_while_the_server_stalls()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, Count = 100 });
        using var run = scene.Engine.Begin("New-MattermostChannel New new-one");
        await scene.Sandbox.Calls.WaitForAsync(_ => true, TestContext.Current.CancellationToken);

        Assert.True((await run.StopAsync()).WasStopped);
    }
}
