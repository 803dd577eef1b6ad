using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>
/// The process ends at every step between two writes of a message's way: one incident and one answer come of it. The
/// same where a server acts and its answer is lost.
/// </summary>
[Trait("Category", "Fault")]
public sealed class BotMessageStopTests
{
    [Theory]
    [InlineData(nameof(StopPoint.MessageRecorded))]
    [InlineData(nameof(StopPoint.MessageActing))]
    [InlineData(nameof(StopPoint.MessageActed))]
    [InlineData(nameof(StopPoint.BeforeReply))]
    [InlineData(nameof(StopPoint.AfterReply))]
    public async Task At_each_step(string step)
    {
        await using var scene = await BotScene.StartAsync(listens: false);
        var end = new ProcessEnd(step, 1);
        await scene.ListenAsync(end.Points);
        var message = scene.Write("user1", "create incident json=[{\"name\":\"one\"},{\"name\":\"two\"}]");
        await end.Reached.WaitAsync(scene.Harness.Token);
        await scene.Harness.Service.CloseAsync();

        await scene.ListenAsync();
        await scene.ReplyAsync(message);
        Assert.Contains("understand", await scene.AskAsync("user1", "help"), StringComparison.Ordinal);

        Assert.Single(scene.Replies(message));
        Assert.Equal(["one", "two"], scene.Sandbox.Xsoar.Incidents.Skip(3).Select(incident => incident.Name).Order());
    }

    [Theory]
    [InlineData("xsoar", "/incident$")]
    [InlineData("mattermost", "/api/v4/posts$")]
    public async Task An_answer_that_is_lost(string server, string path)
    {
        await using var scene = await BotScene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = server,
                Method = "POST",
                PathPattern = path,
                Kind = FaultKind.ActThenDrop,
                Count = 1,
            }
        );
        var message = scene.Write("user1", "create incident name=once");
        await scene.ReplyAsync(message);
        Assert.Contains("understand", await scene.AskAsync("user1", "help"), StringComparison.Ordinal);

        Assert.Single(scene.Replies(message));
        Assert.Equal("once", Assert.Single(scene.Sandbox.Xsoar.Incidents.Skip(3)).Name);
    }

    [Fact]
    public async Task What_was_written_while_nobody_listened_is_answered_once_at_the_next_start()
    {
        await using var scene = await BotScene.StartAsync();
        var before = scene.Write("user1", "list my tasks");
        await scene.ReplyAsync(before);
        await scene.Harness.Service.CloseAsync();

        var direct = scene.Write("user1", "create incident name=missed");
        var inChannel = scene.Sandbox.Mattermost.Post("user2", "alerts", "@xsoarbot list my tasks");
        await scene.ListenAsync();
        await scene.ReplyAsync(direct);
        await scene.ReplyAsync(inChannel);
        await scene.Harness.Service.CloseAsync();
        await scene.ListenAsync();
        Assert.Contains("understand", await scene.AskAsync("user1", "help"), StringComparison.Ordinal);

        foreach (var message in new[] { before, direct, inChannel })
            Assert.Single(scene.Replies(message));
        Assert.Equal("missed", Assert.Single(scene.Sandbox.Xsoar.Incidents.Skip(3)).Name);
    }

    [Fact]
    public async Task What_was_written_before_the_first_start_or_long_ago_is_not()
    {
        await using var scene = await BotScene.StartAsync(
            settings => settings with { MaxAge = TimeSpan.FromHours(1) },
            listens: false
        );
        var early = scene.Write("user1", "help");
        await scene.ListenAsync();
        await scene.AskAsync("user1", "help");
        await scene.Harness.Service.CloseAsync();
        scene.Sandbox.MattermostClockSkew = TimeSpan.FromHours(-2);
        var old = scene.Write("user1", "help");
        scene.Sandbox.MattermostClockSkew = TimeSpan.Zero;
        var missed = scene.Write("user1", "help");

        await scene.ListenAsync();
        await scene.ReplyAsync(missed);

        Assert.Empty(scene.Replies(early));
        Assert.Empty(scene.Replies(old));
    }

    [Fact]
    public async Task A_server_that_refuses_for_a_while_is_asked_again()
    {
        await using var scene = await BotScene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/incident$",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 2,
            }
        );
        Assert.StartsWith(
            "Successfully created incident later.",
            await scene.AskAsync("user1", "create incident name=later"),
            StringComparison.Ordinal
        );
        Assert.Single(scene.Sandbox.Xsoar.Incidents.Skip(3));
    }

    [Fact]
    public async Task A_key_that_may_not_create_incidents_is_told_at_once()
    {
        await using var scene = await BotScene.StartAsync();
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/incident$",
                Kind = FaultKind.Status,
                Status = 403,
                Body = """{"id":"forbidden","status":403,"title":"Forbidden","detail":"No permission"}""",
                Count = 1,
            }
        );
        Assert.Equal("Failed creating incidents.", await scene.AskAsync("user1", "create incident name=x"));
    }
}
