using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

[Trait("Category", "Fault")]
public sealed class AnswerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_answer_is_lost_after_the_message_was_accepted()
    {
        await using var scene = await FaultScene.StartAsync(output);
        var onPost = scene.OnPost(FaultKind.ActThenDrop, count: 5, skip: 20);
        var onEntry = scene.OnEntry(FaultKind.ActThenDrop, count: 5, skip: 20);
        await scene.RunAsync();
        Assert.Equal((5, 5), (onPost.Hits, onEntry.Hits));
    }

    [Fact]
    public async Task The_connection_breaks_before_the_message_was_accepted()
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.Drop, count: 5, skip: 20);
        scene.OnEntry(FaultKind.Drop, count: 5, skip: 20);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_answers_with_errors_for_a_while(int status)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() =>
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "xsoar",
                        Kind = FaultKind.Status,
                        Status = status,
                        Count = 10,
                    }
                )
            ),
            FaultScene.Then(() =>
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "mattermost",
                        Kind = FaultKind.Status,
                        Status = status,
                        Count = 10,
                    }
                )
            )
        );
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", "1")]
    [InlineData(null, "1")]
    public async Task A_server_limits_the_rate(string? retryAfter, string? reset)
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.RateLimit, count: 6, skip: 10, retryAfter: retryAfter, reset: reset);
        scene.OnEntry(FaultKind.RateLimit, count: 6, skip: 10, retryAfter: retryAfter, reset: reset);
        await scene.RunAsync();
    }

    [Fact]
    public async Task Both_servers_refuse_everything_for_a_while_because_of_the_rate()
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() =>
            {
                scene.Sandbox.Faults.Add(new Fault { Kind = FaultKind.RateLimit, Count = 30 });
                scene.Sandbox.CutWebSockets();
            })
        );
    }

    [Fact]
    public async Task Answers_break_off_in_the_middle()
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.CutBody, count: 4, skip: 15);
        scene.OnEntry(FaultKind.CutBody, count: 4, skip: 15);
        await scene.RunAsync(
            FaultScene.Then(() =>
            {
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Method = "GET",
                        Kind = FaultKind.CutBody,
                        Count = 6,
                    }
                );
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "xsoar",
                        PathPattern = "/(search|investigation)",
                        Kind = FaultKind.CutBody,
                        Count = 6,
                    }
                );
                scene.Sandbox.CutWebSockets();
            })
        );
    }

    [Fact]
    public async Task A_web_page_comes_instead_of_answers()
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.Html, count: 4, skip: 15);
        scene.OnEntry(FaultKind.Html, count: 4, skip: 15);
        await scene.RunAsync();
    }

    [Fact]
    public async Task No_answer_comes_at_all()
    {
        await using var scene = await FaultScene.StartAsync(output, timeout: TimeSpan.FromSeconds(1));
        scene.OnPost(FaultKind.Stall, count: 3, skip: 15);
        scene.OnEntry(FaultKind.Stall, count: 3, skip: 15);
        await scene.RunAsync();
    }

    [Fact]
    public async Task Answers_come_after_the_caller_has_given_up()
    {
        await using var scene = await FaultScene.StartAsync(output, timeout: TimeSpan.FromSeconds(1));
        scene.OnPost(FaultKind.ActThenStall, count: 3, skip: 15);
        scene.OnEntry(FaultKind.ActThenStall, count: 3, skip: 15);
        await scene.RunAsync();
    }

    [Fact]
    public async Task A_message_that_is_refused_is_counted_and_holds_up_nobody()
    {
        await using var scene = await FaultScene.StartAsync(harness => new Traffic(harness, output)
        {
            Refused = (2, 3),
        });
        scene.OnPost(FaultKind.Status, count: 3, skip: 20, status: 400);
        scene.OnEntry(FaultKind.Status, count: 2, skip: 20, status: 400);
        await scene.RunAsync();
        var mirror = await scene.Harness.MirrorIsAsync(found => found.Pending == 0);
        output.WriteLine($"{mirror.Failed} failed: {mirror.LastError}");
        Assert.Equal((5L, 178L, 177L), (mirror.Failed, mirror.FromChat, mirror.FromWarRoom));
    }
}
