using System.Text;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Files go both ways, with their names and their comments.</summary>
public sealed class FileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(UploadAnswer.Entry)]
    [InlineData(UploadAnswer.Empty)]
    public async Task All_files_of_a_post_are_added_to_the_War_Room_the_first_with_its_text(UploadAnswer answer)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { Xsoar = new XsoarBehaviour { UploadAnswer = answer } }
        );
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "both logs", ("отчёт ü+.txt", "one"), ("second.log", "two"));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var files = Files(harness);
        Assert.Equal(
            [("отчёт ü+.txt", "one"), ("second.log", "two")],
            files.Select(entry => (entry.File, Encoding.UTF8.GetString(entry.FileContent.Span)))
        );
        var permalink = $"**From Mattermost** ([post]({harness.Sandbox.MattermostUri}panw/pl/{post.Id})";
        var sent = harness.Sandbox.Mattermost.Messages("incident-1").Single(it => it.Id == post.Id);
        var second = harness.Sandbox.Mattermost.Files(sent)[1];
        Assert.Equal($"**Ada Admin (@admin)**: both logs\n{permalink})", files[0].Contents);
        Assert.Equal($"**Ada Admin (@admin)**: *(file 2 of 2)*\n{permalink}, file {second.Id})", files[1].Contents);
        Assert.Equal(3, harness.FromChat().Count);
        Assert.Empty(harness.MirroredInChat("incident-1"));
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task A_file_without_a_text_is_mirrored()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await PostAsync(harness, "", ("empty.txt", ""));
        await harness.Sandbox.Xsoar.WhenAsync(_ => Files(harness).Count == 1, harness.Token);

        Assert.StartsWith(
            "**Ada Admin (@admin)**:\n**From Mattermost**",
            Files(harness)[0].Contents,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_entry_becomes_a_post_with_the_file_and_its_comment()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddFile(
            "1",
            "jane",
            "mail ü.eml",
            Encoding.UTF8.GetBytes("Subject: hi"),
            "the mail, @all"
        );
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        var post = Shown(harness).Single();
        Assert.Equal("**jane** (file): the mail, @\u200Ball", post.Message);
        Assert.Equal([("mail ü.eml", "Subject: hi")], await ContentsAsync(harness, post));
        await harness.Service.SynchronizeAsync(null, harness.Token);
        Assert.Single(harness.MirroredInChat("incident-1"));
        Assert.Empty(harness.FromChat());
    }

    [Fact]
    public async Task A_large_file_goes_both_ways()
    {
        const int Size = 100 * 1024 * 1024;
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { MaxFileSize = 2L * Size },
            timeout: TimeSpan.FromSeconds(30)
        );
        await harness.MirrorConnectedAsync();
        var content = new byte[Size];
        new Random(5).NextBytes(content);
        harness.Sandbox.Xsoar.AddFile("1", "jane", "dump.bin", content);
        using var personal = Personal(harness);
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var file = await personal.Files.UploadAsync(
            channel,
            TestFiles.From(new MemoryStream(content), Size, "capture.bin"),
            null,
            harness.Token
        );
        await personal.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = channel,
                Message = "large",
                FileIds = [file.Id],
            },
            harness.Token
        );
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => Files(harness).Exists(entry => entry.File == "capture.bin"),
            harness.Token
        );
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);

        Assert.True(
            Files(harness).Single(entry => entry.File == "capture.bin").FileContent.Span.SequenceEqual(content)
        );
        using var back = await personal.Files.OpenAsync(Shown(harness).Single().FileIds[0], harness.Token);
        Assert.Equal(Size, back.Length);
    }

    [Fact]
    public async Task A_file_too_large_for_the_War_Room_is_reported_and_counted_as_failed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/upload/",
                Kind = FaultKind.Status,
                Status = 413,
                Body = "Request Entity Too Large",
            }
        );
        await PostAsync(harness, "see this", ("dump.bin", "12345"));
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(lines => lines.Contains("end"));

        var entry = harness.FromChat()[0];
        Assert.StartsWith(
            "**Ada Admin (@admin)**: see this\n*(The file dump.bin (5 bytes) was not mirrored: it is too large for the War Room.)*\n**From Mattermost**",
            entry,
            StringComparison.Ordinal
        );
        var view = await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
        Assert.Contains("larger than", view.LastError, StringComparison.Ordinal);
        Assert.Equal(MirrorState.Active, view.State);
    }

    [Fact]
    public async Task A_file_that_no_longer_exists_is_reported_and_the_deliveries_behind_it_go_on()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "GET",
                PathPattern = "/files/[a-z0-9]{26}$",
                Kind = FaultKind.Status,
                Status = 404,
                Body =
                    """{"id":"app.file_info.get.app_error","message":"Unable to get the file info.","detailed_error":"","request_id":"","status_code":404}""",
            }
        );
        await PostAsync(harness, "", ("gone.txt", "1"), ("there.txt", "2"));
        await harness.Sandbox.Xsoar.WhenAsync(_ => Files(harness).Count == 1, harness.Token);

        Assert.Contains(
            "*(The file gone.txt (1 bytes) was not mirrored: it no longer exists.)*",
            harness.FromChat()[0],
            StringComparison.Ordinal
        );
        Assert.Equal("there.txt", Files(harness)[0].File);
    }

    [Fact]
    public async Task A_file_too_large_for_the_chat_is_reported_and_counted_as_failed()
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { MaxFileSize = 1000 });
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Xsoar.AddFile("1", "jane", "dump.bin", new byte[1234], "the dump");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "end");
        await harness.ChatAsync("incident-1", lines => lines.Contains("end"));

        Assert.Equal(
            "**jane** (file): the dump\n\n*(The file dump.bin (1,234 bytes) was not mirrored: it is too large for Mattermost.)*",
            Shown(harness)[0].Message
        );
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
    }

    [Theory]
    [InlineData(FaultKind.ActThenDrop)]
    [InlineData(FaultKind.CutBody)]
    [Trait("Category", "Fault")]
    public async Task Files_of_unknown_outcome_are_mirrored_once(FaultKind kind)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/upload/",
                Kind = kind,
                Skip = 1,
            }
        );
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "POST",
                PathPattern = "/posts$",
                Kind = kind,
                Skip = 1,
            }
        );
        await PostAsync(harness, "three", ("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c"));
        harness.Sandbox.Xsoar.AddFile("1", "jane", "d.txt", Encoding.UTF8.GetBytes("d"));
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => Files(harness).Exists(entry => entry.File == "c.txt"),
            harness.Token
        );
        await harness.ChatAsync("incident-1", lines => lines.Count == 1);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        output.WriteLine(
            $"chat to War Room: {Tally.OfSequence(["a.txt", "b.txt", "c.txt"], Files(harness).Where(entry => entry.User != "jane").Select(entry => entry.File))}"
        );
        output.WriteLine($"War Room to chat: {Tally.OfSequence([""], harness.MirroredInChat("incident-1"))}");
        Assert.Equal(
            ["a.txt", "b.txt", "c.txt"],
            Files(harness).Where(entry => entry.User != "jane").Select(entry => entry.File)
        );
        Assert.Single(Shown(harness));
    }

    [Fact]
    public async Task The_post_of_a_deleted_file_entry_is_deleted_unless_people_replied_to_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var first = harness.Sandbox.Xsoar.AddFile("1", "jane", "a.txt", Encoding.UTF8.GetBytes("a"));
        var second = harness.Sandbox.Xsoar.AddFile("1", "jane", "b.txt", Encoding.UTF8.GetBytes("b"));
        await harness.ChatAsync("incident-1", lines => lines.Count == 2);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "an answer", Shown(harness)[1].Id);
        await harness.WarRoomAsync(lines => lines.Contains("an answer"));
        harness.Sandbox.Xsoar.DeleteEntry(first.Id);
        harness.Sandbox.Xsoar.DeleteEntry(second.Id);
        await harness.ChatAsync("incident-1", lines => lines.SequenceEqual(["*(deleted in the War Room)*"]));

        Assert.Contains(harness.Sandbox.Mattermost.Messages("incident-1"), post => post.Message == "an answer");
    }

    [Fact]
    public async Task Files_of_a_post_that_was_deleted_before_they_were_mirrored_are_not_mirrored()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/",
                Kind = FaultKind.Status,
                Status = 503,
                Count = 1000000,
            }
        );
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "zero");
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 1, LastError: not null });
        var post = await PostAsync(harness, "secret", ("a.txt", "a"), ("b.txt", "b"));
        await harness.MirrorIsAsync(mirror => mirror.Pending == 3);
        harness.Sandbox.Mattermost.Delete(post.Id);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 5);
        harness.Sandbox.Faults.Clear();
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(["zero"], harness.MirroredInWarRoom());
        Assert.Empty(Files(harness));
    }

    private static List<SandboxEntry> Files(MirrorHarness harness) =>
        [.. harness.Sandbox.Xsoar.Entries("1").Where(entry => entry.File.Length > 0)];

    private static List<SandboxPost> Shown(MirrorHarness harness) =>
        [.. harness.Sandbox.Mattermost.Messages("incident-1").Where(post => post.Props.ContainsKey("xsoar_entry_id"))];

    private static Core.Mattermost.MattermostClient Personal(MirrorHarness harness)
    {
        var environment = new ClientEnvironment();
        return Core.Mattermost.MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new AccessToken(harness.Sandbox.PersonalToken, environment.Redactor),
            Core.Mattermost.TokenRole.Personal,
            new TransportOptions(),
            environment
        );
    }

    private static async Task<MattermostPost> PostAsync(
        MirrorHarness harness,
        string text,
        params (string Name, string Content)[] files
    )
    {
        using var personal = Personal(harness);
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var ids = new List<string>();
        foreach (var (name, content) in files)
            ids.Add((await personal.Files.UploadAsync(channel, TestFiles.Text(name, content), null, harness.Token)).Id);
        return await personal.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = channel,
                Message = text,
                FileIds = ids,
            },
            harness.Token
        );
    }

    private static async Task<List<(string Name, string Content)>> ContentsAsync(
        MirrorHarness harness,
        SandboxPost post
    )
    {
        using var personal = Personal(harness);
        var found = new List<(string, string)>();
        foreach (var id in harness.Sandbox.Mattermost.Files(post).Select(static file => file.Id))
        {
            using var file = await personal.Files.OpenAsync(id, harness.Token);
            using var reader = new StreamReader(file.Stream);
            found.Add(
                (
                    (await personal.Files.GetInfoAsync(id, harness.Token)).Name,
                    await reader.ReadToEndAsync(harness.Token)
                )
            );
        }

        return found;
    }
}
