using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A mirror that cannot go on shows what it waits for, and goes on by itself when that is over.</summary>
public sealed class PausedMirrorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("bot's token", "Bot Access Token")]
    [InlineData("XSOAR key", "XsoarApiKey")]
    [InlineData("right to post", "permission")]
    [InlineData("right to add entries", "role")]
    public async Task A_mirror_shows_what_it_waits_for_and_goes_on_by_itself(string what, string inReason)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        Take(harness, what);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "said meanwhile");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "said meanwhile");

        var paused = await harness.MirrorIsAsync(mirror => mirror.State == MirrorState.Paused);
        output.WriteLine($"{what}: {paused.Reason}");
        Assert.Contains(inReason, paused.Reason, StringComparison.OrdinalIgnoreCase);
        GiveBack(harness, what);

        await harness.MirrorIsAsync(mirror =>
            mirror is { State: MirrorState.Active, Reason: null, Pending: 0, FromChat: 1, FromWarRoom: 1, Failed: 0 }
        );
        Assert.Equal(["said meanwhile"], harness.MirroredInWarRoom());
        Assert.Equal(["said meanwhile"], harness.MirroredInChat("incident-1"));
    }

    private static void Take(MirrorHarness harness, string what)
    {
        switch (what)
        {
            case "bot's token":
                harness.Sandbox.Tokens.Revoke(SandboxToken.Bot);
                break;
            case "XSOAR key":
                harness.Sandbox.Tokens.Revoke(SandboxToken.XsoarApiKey);
                break;
            case "right to post":
                harness.Sandbox.Faults.Add(
                    Forbidden(
                        "mattermost",
                        "/api/v4/posts$",
                        """{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","status_code":403}"""
                    )
                );
                break;
            default:
                harness.Sandbox.Faults.Add(
                    Forbidden(
                        "xsoar",
                        "/entry/formatted$",
                        """{"id":"forbidden","status":403,"title":"Forbidden","detail":"Issue with user permissions","error":"no permission"}"""
                    )
                );
                break;
        }
    }

    private static void GiveBack(MirrorHarness harness, string what)
    {
        if (what == "bot's token")
            harness.Sandbox.Tokens.Restore(SandboxToken.Bot);
        else if (what == "XSOAR key")
            harness.Sandbox.Tokens.Restore(SandboxToken.XsoarApiKey);
        else
            harness.Sandbox.Faults.Clear();
    }

    private static Fault Forbidden(string server, string path, string body) =>
        new()
        {
            Server = server,
            Method = "POST",
            PathPattern = path,
            Kind = FaultKind.Status,
            Status = 403,
            Body = body,
            Count = 100_000,
        };
}
