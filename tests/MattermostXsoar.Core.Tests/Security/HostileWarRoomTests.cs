using System.Text;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>Whatever is written in the War Room, it notifies nobody in the chat.</summary>
public sealed class HostileWarRoomTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_hundred_hostile_entries_notify_nobody()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var ids = HostileEntries
            .All.Select(entry =>
                harness.Sandbox.Xsoar.AddEntry("1", entry.User, entry.Contents, format: entry.Format).Id
            )
            .ToList();
        await ShownAsync(harness, ids);

        Assert.True(ids.Count >= 100);
        output.WriteLine($"{ids.Count} hostile entries, {Shown(harness).Count} posts, {Called(harness)} called");
        Assert.Equal(0, Called(harness));
    }

    [Fact]
    public async Task Hostile_edits_comments_and_file_names_notify_nobody()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var hostile = HostileEntries
            .All.Where(entry => entry.Contents.Length < 2000 && entry.Format == "text")
            .ToList();
        var edited = hostile.Select((_, i) => harness.Sandbox.Xsoar.AddEntry("1", "jane", $"harmless {i}").Id).ToList();
        var files = hostile
            .Select(entry =>
                harness
                    .Sandbox.Xsoar.AddFile(
                        "1",
                        entry.User,
                        entry.Contents.Replace('/', '_').Replace('\0', '_').Replace('\r', ' ').Replace('\n', ' '),
                        Encoding.UTF8.GetBytes("x"),
                        entry.Contents
                    )
                    .Id
            )
            .ToList();
        await ShownAsync(harness, [.. edited, .. files]);
        harness.Tick();
        foreach (var (id, entry) in edited.Zip(hostile))
            harness.Sandbox.Xsoar.EditEntry(id, entry.Contents);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        await harness.Sandbox.Mattermost.WhenAsync(
            _ => Shown(harness).Count(post => post.EditAt > 0) >= edited.Count,
            harness.Token
        );

        output.WriteLine($"{edited.Count} hostile edits, {files.Count} hostile files, {Called(harness)} called");
        Assert.Equal(0, Called(harness));
    }

    [Fact]
    public async Task The_name_of_a_file_that_is_not_mirrored_notifies_nobody()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = "/files$",
                Kind = FaultKind.Status,
                Status = 413,
                Body = "too large",
            }
        );
        await ShownAsync(
            harness,
            [harness.Sandbox.Xsoar.AddFile("1", "jane", "@channel now.txt", Encoding.UTF8.GetBytes("x"), "look").Id]
        );

        Assert.Contains(
            "@\u200Bchannel now.txt (1 bytes) was not mirrored",
            Assert.Single(Shown(harness)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, Called(harness));
    }

    [Theory]
    [InlineData("@user2 look")]
    [InlineData("**@all**")]
    [InlineData("x.@Channel.")]
    [InlineData("see &#64;user2:")]
    public async Task The_same_names_would_notify_if_a_person_wrote_them(string text)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        Assert.NotEmpty(
            harness.Sandbox.Mattermost.WhoIsCalled(harness.Sandbox.Mattermost.Post("user1", "incident-1", text).Id)
        );
    }

    private static IReadOnlyList<SandboxPost> Shown(MirrorHarness harness) =>
        [.. harness.Sandbox.Mattermost.Messages("incident-1").Where(post => post.Props.ContainsKey("xsoar_entry_id"))];

    private static Task ShownAsync(MirrorHarness harness, IReadOnlyList<string> entryIds) =>
        harness.Sandbox.Mattermost.WhenAsync(
            _ =>
                Shown(harness)
                    .Select(post => post.Props["xsoar_entry_id"])
                    .ToHashSet(StringComparer.Ordinal)
                    .IsSupersetOf(entryIds),
            harness.Token
        );

    private static int Called(MirrorHarness harness) =>
        Shown(harness).Sum(post => harness.Sandbox.Mattermost.WhoIsCalled(post.Id).Count);
}
