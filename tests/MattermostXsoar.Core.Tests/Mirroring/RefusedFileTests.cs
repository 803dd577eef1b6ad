using System.Text;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Files that were refused and are tried again: there is one note about them, and the limit is asked for
/// again.</summary>
public sealed class RefusedFileTests
{
    [Fact]
    public async Task A_raised_limit_counts_at_once_and_until_then_there_is_one_note()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { MattermostVersion = "11.6.0", MaxFileSize = 1000 }
        );
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddFile("1", "jane", "dump.bin", new byte[1234], "the dump");
        for (var tries = 1; tries < 4; tries++)
        {
            await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
            Assert.Equal(tries, Assert.Single(harness.Service.GetFailedDeliveries()).Attempts);
            Assert.Contains("was not mirrored", Assert.Single(Shown(harness)).Message, StringComparison.Ordinal);
            if (tries == 3)
                harness.Sandbox.Mattermost.MaxFileSize = 2000;
            await harness.Service.RetryFailedAsync(["1"], harness.Token);
        }

        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 0 });
        Assert.Equal("**jane** (file): the dump", Assert.Single(Shown(harness)).Message);
        Assert.Single(Shown(harness)[0].FileIds);
    }

    [Fact]
    public async Task The_War_Room_has_one_note_however_often_a_file_is_tried_again_and_an_edit_does_not_lose_it()
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        await harness.MirrorConnectedAsync();
        var fault = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/upload/",
                Kind = FaultKind.Status,
                Status = 413,
                Body = "Request Entity Too Large",
                Count = 3,
            }
        );
        var post = await PostAsync(harness, "see this", "dump.bin");
        for (var tries = 1; tries < 3; tries++)
        {
            await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
            await harness.Service.RetryFailedAsync(["1"], harness.Token);
        }

        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
        Assert.Equal(3, fault.Hits);
        Assert.Contains("was not mirrored", Assert.Single(harness.FromChat()), StringComparison.Ordinal);
        // The edit shows the text as it is now, and brings no file.
        harness.Sandbox.Mattermost.Edit(post.Id, "see that");
        await harness.WarRoomAsync(texts => texts.Count == 2);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.RetryFailedAsync(["1"], harness.Token);
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 0 });

        var file = Assert.Single(harness.Sandbox.Xsoar.Entries("1"), entry => entry.File.Length > 0);
        Assert.Equal(("dump.bin", "dump.bin"), (file.File, Encoding.UTF8.GetString(file.FileContent.Span)));
        Assert.DoesNotContain("see this", file.Contents, StringComparison.Ordinal);
        Assert.Equal(3, harness.FromChat().Count);
    }

    private static List<MattermostXsoar.Sandbox.Mattermost.Model.SandboxPost> Shown(MirrorHarness harness) =>
        [
            .. harness
                .Sandbox.Mattermost.Messages("incident-1")
                .Where(post => post.DeleteAt == 0 && post.Props.ContainsKey("xsoar_entry_id")),
        ];

    private static async Task<MattermostPost> PostAsync(MirrorHarness harness, string text, string name)
    {
        var environment = new ClientEnvironment();
        using var personal = MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new AccessToken(harness.Sandbox.PersonalToken, environment.Redactor),
            TokenRole.Personal,
            new TransportOptions(),
            environment
        );
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var file = await personal.Files.UploadAsync(channel, TestFiles.Text(name, name), null, harness.Token);
        return await personal.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = channel,
                Message = text,
                FileIds = [file.Id],
            },
            harness.Token
        );
    }
}
