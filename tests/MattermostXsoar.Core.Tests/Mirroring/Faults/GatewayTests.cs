using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>What is between the listener and the servers misbehaves.</summary>
[Trait("Category", "Fault")]
public sealed class GatewayTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(FaultKind.LoginRedirect)]
    [InlineData(FaultKind.Html)]
    public async Task It_asks_everybody_to_log_in_for_a_while(FaultKind kind)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() =>
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "xsoar",
                        Kind = kind,
                        Count = 8,
                    }
                )
            ),
            FaultScene.Then(() =>
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "mattermost",
                        Kind = kind,
                        Count = 8,
                    }
                )
            )
        );
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task It_times_out_after_the_message_was_accepted(int status)
    {
        await using var scene = await FaultScene.StartAsync(output);
        var onPost = scene.OnPost(FaultKind.ActThenStatus, count: 4, skip: 15, status: status);
        var onEntry = scene.OnEntry(FaultKind.ActThenStatus, count: 4, skip: 15, status: status);
        await scene.RunAsync();
        Assert.Equal((4, 4), (onPost.Hits, onEntry.Hits));
    }

    [Fact]
    public async Task Answers_break_off_in_their_headers()
    {
        await using var scene = await FaultScene.StartAsync(output);
        scene.OnPost(FaultKind.CutHeaders, count: 4, skip: 15);
        scene.OnEntry(FaultKind.CutHeaders, count: 4, skip: 15);
        await scene.RunAsync();
    }

    [Theory]
    [InlineData("xsoar")]
    [InlineData("mattermost")]
    public async Task A_server_answers_with_errors_for_many_retries(string server)
    {
        await using var scene = await FaultScene.StartAsync(output);
        await scene.RunAsync(
            FaultScene.Then(() =>
                scene.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = server,
                        Kind = FaultKind.Status,
                        Status = 503,
                        For = TimeSpan.FromSeconds(8),
                    }
                )
            )
        );
    }

    [Fact]
    public async Task Answers_are_late_now_and_then()
    {
        await using var scene = await FaultScene.StartAsync(output);
        for (var i = 0; i < 5; i++)
        {
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "mattermost",
                    Kind = FaultKind.Delay,
                    Delay = TimeSpan.FromMilliseconds(700),
                    Skip = 20 * i,
                }
            );
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "xsoar",
                    Kind = FaultKind.Delay,
                    Delay = TimeSpan.FromMilliseconds(700),
                    Skip = 20 * i,
                }
            );
        }

        await scene.RunAsync();
    }

    [Theory]
    [InlineData(RateLimitStyle.Mattermost)]
    [InlineData(RateLimitStyle.MattermostDoubled)]
    [InlineData(RateLimitStyle.RetryAfterSeconds)]
    [InlineData(RateLimitStyle.RetryAfterDate)]
    public async Task The_rate_is_limited_in_each_way_that_servers_have(RateLimitStyle style)
    {
        await using var scene = await FaultScene.StartAsync(output);
        foreach (var server in new[] { "mattermost", "xsoar" })
            scene.Sandbox.Faults.Add(
                new Fault
                {
                    Server = server,
                    Method = "POST",
                    Kind = FaultKind.RateLimit,
                    Limit = style,
                    Count = 4,
                    Skip = 15,
                }
            );
        await scene.RunAsync();
    }

    /// <summary>Taken for an empty page, it would leave out what was written, or have a message of unknown outcome sent
    /// again.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"order":null,"posts":null}""")]
    [InlineData("""{"order":["aaaaaaaaaaaaaaaaaaaaaaaaaa"],"posts":{}}""")]
    [InlineData("""{"order":["aaaaaaaaaaaaaaaaaaaaaaaaaa"],"posts":{"aaaaaaaaaaaaaaaaaaaaaaaaaa":null}}""")]
    public async Task An_answer_that_is_no_whole_page_of_posts_is_asked_for_again(string body)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Contains("one"));
        await harness.Service.StopListenerAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "two");
        var fault = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "GET",
                PathPattern = "/channels/[a-z0-9]+/posts",
                Kind = FaultKind.Status,
                Status = 200,
                Body = body,
                Count = 5,
            }
        );

        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => lines.SequenceEqual(["one", "two"]));

        Assert.Equal(5, fault.Hits);
    }
}
