using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>The answers to uploads, edits and deletions are lost, or the calls are, while files and texts of all kinds
/// go both ways.</summary>
[Trait("Category", "Fault")]
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("11.6.0", "xsoar", "POST", "/entry/upload/", FaultKind.ActThenDrop)]
    [InlineData("11.6.0", "xsoar", "POST", "/entry/upload/", FaultKind.Drop)]
    [InlineData("11.6.0", "xsoar", "POST", "/entry/upload/", FaultKind.CutBody)]
    [InlineData("11.6.0", "mattermost", "POST", "/files", FaultKind.ActThenDrop)]
    [InlineData("11.6.0", "mattermost", "POST", "/files", FaultKind.Drop)]
    [InlineData("11.6.0", "mattermost", "PUT", "/posts/[a-z0-9]+/patch$", FaultKind.ActThenDrop)]
    [InlineData("11.6.0", "mattermost", "PUT", "/posts/[a-z0-9]+/patch$", FaultKind.CutBody)]
    [InlineData("5.37.0", "xsoar", "POST", "/entry/upload/", FaultKind.ActThenDrop)]
    [InlineData("5.37.0", "mattermost", "POST", "/files", FaultKind.ActThenDrop)]
    [InlineData("5.37.0", "mattermost", "PUT", "/posts/[a-z0-9]+/patch$", FaultKind.CutBody)]
    public async Task Of_what_changes_something(
        string version,
        string server,
        string method,
        string path,
        FaultKind kind
    )
    {
        await using var scene = await StopScene.StartAsync(output, version);
        await scene.MirrorAsync(StopPoints.None);
        var bot = scene.Harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = server,
                Method = method,
                PathPattern = path,
                Kind = kind,
                Skip = server == "mattermost" && path == "/files" ? ChangesInChat.Uploads : 0,
            }
        );
        await scene.TalkAsync();
        await scene.AccountAsync();
        Assert.Equal(1, bot.Hits);
    }
}
