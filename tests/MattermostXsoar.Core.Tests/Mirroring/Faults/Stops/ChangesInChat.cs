using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;

/// <summary>What one person does in the channel beside talking, and how the War Room shows it.</summary>
internal sealed class ChangesInChat(MirrorHarness harness)
{
    /// <summary>How many files the person uploads, before anything else.</summary>
    public const int Uploads = 4;

    private const string Person = "user3";
    private string _edited = "?";
    private string _deleted = "?";
    private string _withFiles = "?";

    /// <summary>What the War Room has to show, in this order.</summary>
    public IReadOnlyList<string> Expected { get; } =
    ["a.txt", "b.txt", "c.txt", "an edit", "a deletion", "other files", "d.txt", "the first files"];

    /// <summary>A post with three files; then a message that is edited and one that is deleted, once they have
    /// arrived, and the post gets another file in the place of one, which a later edit takes back.</summary>
    public async Task MakeAsync()
    {
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var environment = new ClientEnvironment();
        using var personal = MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new AccessToken(harness.Sandbox.PersonalToken, environment.Redactor),
            TokenRole.Personal,
            new TransportOptions(),
            environment
        );
        var files = new List<string>();
        foreach (var name in Expected.Take(3))
            files.Add((await personal.Files.UploadAsync(channel, TestFiles.Text(name, name), null, harness.Token)).Id);
        var added = (
            await personal.Files.UploadAsync(channel, TestFiles.Text("d.txt", "d.txt"), null, harness.Token)
        ).Id;
        _withFiles = (
            await personal.Posts.CreateAsync(
                new NewPost
                {
                    ChannelId = channel,
                    Message = "three files",
                    FileIds = files,
                },
                harness.Token
            )
        ).Id;
        _edited = harness.Sandbox.Mattermost.Post(Person, channel, "to be edited").Id;
        _deleted = harness.Sandbox.Mattermost.Post(Person, channel, "to be deleted").Id;
        await harness.WarRoomAsync(lines => lines.Contains("to be edited") && lines.Contains("to be deleted"));
        harness.Sandbox.Mattermost.Edit(_edited, "edited");
        harness.Tick();
        harness.Sandbox.Mattermost.Delete(_deleted);
        harness.Tick();
        harness.Sandbox.Mattermost.ChangeFiles(_withFiles, [files[0], files[2], added]);
        // A file that is removed before it was brought is gone.
        await harness.Sandbox.Xsoar.WhenAsync(_ => Shown().Contains("d.txt"), harness.Token);
        harness.Tick();
        harness.Sandbox.Mattermost.RestoreVersion(_withFiles, harness.Sandbox.Mattermost.Versions(_withFiles)[^1].Id);
    }

    /// <summary>What it shows.</summary>
    public List<string> Shown() =>
        [
            .. harness
                .Sandbox.Xsoar.Entries("1")
                .Where(entry => entry.Contents.Contains("**From Mattermost**", StringComparison.Ordinal))
                .Select(entry =>
                    entry.File.Length > 0 ? entry.File
                    : entry.Contents.Contains("d.txt was added", StringComparison.Ordinal) ? "other files"
                    : entry.Contents.Contains("d.txt was removed", StringComparison.Ordinal) ? "the first files"
                    : entry.Contents.Contains($"/pl/{_edited}), edited", StringComparison.Ordinal) ? "an edit"
                    : entry.Contents.Contains($"/pl/{_deleted}), deleted", StringComparison.Ordinal) ? "a deletion"
                    : "a line"
                ),
        ];
}
