using System.Text;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Files that an edit adds, removes or brings back, as Mattermost 10 and later allow, and entries that get
/// another file: each file is brought once, and what happened to them is written.</summary>
public sealed class FileEditTests
{
    private static SandboxOptions Newer => new() { MattermostVersion = "11.6.0" };

    [Fact]
    public async Task A_file_that_an_edit_adds_is_brought_as_an_entry_of_its_own()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "one log", "a.txt");
        await FilesAsync(harness, "a.txt");
        var added = await UploadAsync(harness, "b.txt");
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [post.FileIds[0], added]);
        await FilesAsync(harness, "a.txt", "b.txt");
        await EndAsync(harness);

        var entries = harness.FromChat();
        Assert.StartsWith(
            "**Ada Admin (@admin)** (edited): one log\n*(2 files; the file b.txt was added)*\n**From Mattermost**",
            entries[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "**Ada Admin (@admin)**: *(a file that was added to the message)*\n**From Mattermost**",
            entries[2],
            StringComparison.Ordinal
        );
        Assert.EndsWith($"/pl/{post.Id}), file {added})", entries[2], StringComparison.Ordinal);
        Assert.Equal("b.txt", Encoding.UTF8.GetString(Files(harness)[1].FileContent.Span));
    }

    [Fact]
    public async Task A_file_that_an_edit_removes_is_named_and_one_that_comes_back_is_not_brought_again()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "two logs", "a.txt", "b.txt");
        await FilesAsync(harness, "a.txt", "b.txt");
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [IdOf(post, "b.txt")]);
        await NoteAsync(harness, "*(1 file; the file a.txt was removed)*");
        harness.Tick();
        harness.Sandbox.Mattermost.RestoreVersion(post.Id, harness.Sandbox.Mattermost.Versions(post.Id)[0].Id);
        await NoteAsync(harness, "*(2 files; the file a.txt was added again)*");
        harness.Tick();
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, []);
        await NoteAsync(harness, "*(the file a.txt was removed; the file b.txt was removed)*");
        await EndAsync(harness);

        Assert.Equal(["a.txt", "b.txt"], Files(harness).Select(entry => entry.File));
    }

    [Fact]
    public async Task An_edit_of_the_text_brings_no_file_again_and_says_nothing_of_them()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "two logs", "a.txt", "b.txt");
        await FilesAsync(harness, "a.txt", "b.txt");
        harness.Sandbox.Mattermost.Edit(post.Id, "both logs");
        await EndAsync(harness);

        Assert.Contains(
            harness.FromChat(),
            entry => entry.Contains("(edited): both logs\n*(2 files)*\n", StringComparison.Ordinal)
        );
        Assert.Equal(["a.txt", "b.txt"], Files(harness).Select(entry => entry.File));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_edits_did_to_files_while_nobody_listened_is_made_up_for(bool everythingIsCompared)
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var replaced = await PostAsync(harness, "replaced", "a.txt");
        var restored = await PostAsync(harness, "restored", "b.txt");
        var changed = await PostAsync(harness, "changed twice", "c.txt");
        await FilesAsync(harness, "a.txt", "b.txt", "c.txt");
        harness.Sandbox.Mattermost.ChangeFiles(restored.Id, []);
        await NoteAsync(harness, "*(the file b.txt was removed)*");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();

        var later = await PostAsync(harness, "written meanwhile", "d.txt");
        harness.Tick();
        harness.Sandbox.Mattermost.ChangeFiles(replaced.Id, [await UploadAsync(harness, "e.txt")]);
        harness.Sandbox.Mattermost.RestoreVersion(restored.Id, harness.Sandbox.Mattermost.Versions(restored.Id)[^1].Id);
        harness.Sandbox.Mattermost.ChangeFiles(changed.Id, [changed.FileIds[0], await UploadAsync(harness, "f.txt")]);
        harness.Tick();
        harness.Sandbox.Mattermost.ChangeFiles(changed.Id, [changed.FileIds[0], await UploadAsync(harness, "g.txt")]);
        harness.Sandbox.Mattermost.ChangeFiles(later.Id, [later.FileIds[0], await UploadAsync(harness, "h.txt")]);
        // More than the server lists at once.
        for (var i = 0; everythingIsCompared && i < 1001; i++)
            harness.Sandbox.Mattermost.Post("user1", "incident-1", $"m{i}");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.Sandbox.Xsoar.WhenAsync(_ => Files(harness).Count == 7, harness.Token);
        await EndAsync(harness);
        // Also not by another start.
        await harness.Service.Listener.StopAsync();
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await EndAsync(harness);

        Assert.Equal(
            ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "g.txt", "h.txt"],
            Files(harness).Select(entry => entry.File).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                "*(1 file; the file b.txt was added again)*",
                "*(1 file; the file e.txt was added; the file a.txt was removed)*",
                "*(2 files; the file g.txt was added)*",
                "*(the file b.txt was removed)*",
            ],
            Notes(harness).Order(StringComparer.Ordinal)
        );
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task What_an_edit_removed_before_it_could_be_brought_is_not_missed_and_what_it_added_comes()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
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
        var post = await PostAsync(harness, "three", "a.txt", "b.txt", "c.txt");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 4);
        // The first is removed, the second becomes the first, and there is a new one.
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [IdOf(post, "b.txt"), await UploadAsync(harness, "d.txt")]);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 6);
        harness.Sandbox.Faults.Clear();
        await EndAsync(harness);

        Assert.Equal(["b.txt", "d.txt"], Files(harness).Select(entry => entry.File));
        Assert.Equal("zero", harness.MirroredInWarRoom()[0]);
        Assert.StartsWith(
            "**Ada Admin (@admin)**: three\n**From Mattermost**",
            harness.FromChat()[1],
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task A_file_that_an_edit_added_does_not_come_after_the_message_was_deleted()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "one", "a.txt");
        await FilesAsync(harness, "a.txt");
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
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [post.FileIds[0], await UploadAsync(harness, "b.txt")]);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 2);
        harness.Tick();
        harness.Sandbox.Mattermost.Delete(post.Id);
        await harness.MirrorIsAsync(mirror => mirror.Pending >= 3);
        harness.Sandbox.Faults.Clear();
        await EndAsync(harness);

        Assert.Equal(["a.txt"], Files(harness).Select(entry => entry.File));
        Assert.Contains(harness.FromChat(), entry => entry.Contains("was deleted", StringComparison.Ordinal));
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task A_restored_copy_of_the_state_finds_the_files_that_were_added_since()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var post = await PostAsync(harness, "one", "a.txt");
        await FilesAsync(harness, "a.txt");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.CloseAsync();
        File.Copy(harness.StatePath, harness.StatePath + ".copy");
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        var (b, c) = (await UploadAsync(harness, "b.txt"), await UploadAsync(harness, "c.txt"));
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [post.FileIds[0], b]);
        await FilesAsync(harness, "a.txt", "b.txt");
        harness.Tick();
        harness.Sandbox.Mattermost.ChangeFiles(post.Id, [post.FileIds[0], c]);
        await FilesAsync(harness, "a.txt", "b.txt", "c.txt");
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.CloseAsync();
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(harness.StatePath + beside);
        File.Copy(harness.StatePath + ".copy", harness.StatePath, overwrite: true);
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await EndAsync(harness);

        Assert.Equal(["a.txt", "b.txt", "c.txt"], Files(harness).Select(entry => entry.File));
    }

    [Fact]
    public async Task Files_come_in_the_order_in_which_they_were_uploaded_whatever_the_order_of_their_ids()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var ids = new List<string>();
        foreach (var name in new[] { "first.txt", "second.txt", "third.txt" })
        {
            ids.Add(await UploadAsync(harness, name));
            harness.Tick();
        }

        using var personal = Personal(harness);
        await personal.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = harness.Sandbox.Mattermost.Channel("incident-1").Id,
                Message = "three",
                FileIds = [ids[2], ids[0], ids[1]],
            },
            harness.Token
        );
        await FilesAsync(harness, "first.txt", "second.txt", "third.txt");
    }

    [Fact]
    public async Task The_new_file_of_an_entry_is_posted_once_in_its_thread_and_goes_with_the_entry()
    {
        await using var harness = await MirrorHarness.StartAsync(Newer);
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddFile("1", "jane", "a.txt", Encoding.UTF8.GetBytes("a"), "the log");
        await harness.ChatAsync("incident-1", texts => texts.Count == 1);
        harness.Sandbox.Xsoar.ChangeFile(entry.Id, "b.txt", Encoding.UTF8.GetBytes("bb"));
        await harness.ChatAsync("incident-1", texts => texts.Count == 2);
        harness.Tick();
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "the logs");
        await harness.ChatAsync("incident-1", texts => texts.Contains("the logs"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var posts = Shown(harness);
        Assert.Equal(
            ["**jane** (file): the logs", "**jane** (file): *(the entry has another file now)*"],
            posts.Select(post => post.Message)
        );
        Assert.Equal(["", posts[0].Id], posts.Select(post => post.RootId));
        Assert.Equal(["a.txt", "b.txt"], await NamesAsync(harness, posts));

        harness.Tick();
        harness.Sandbox.Xsoar.DeleteEntry(entry.Id);
        await harness.Sandbox.Mattermost.WhenAsync(
            _ => Shown(harness).TrueForAll(post => post.FileIds.Count == 0),
            harness.Token
        );
    }

    [Fact]
    public async Task The_new_file_of_an_entry_is_posted_after_an_absence()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddFile("1", "jane", "a.txt", Encoding.UTF8.GetBytes("a"), "the log");
        await harness.ChatAsync("incident-1", texts => texts.Count == 1);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.Listener.StopAsync();
        harness.Sandbox.Xsoar.ChangeFile(entry.Id, "b.txt", Encoding.UTF8.GetBytes("bb"));
        var later = harness.Sandbox.Xsoar.AddFile("1", "jane", "c.txt", Encoding.UTF8.GetBytes("c"));
        harness.Tick();
        harness.Sandbox.Xsoar.ChangeFile(later.Id, "d.txt", Encoding.UTF8.GetBytes("dd"));
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.ChatAsync("incident-1", texts => texts.Count == 3);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(
            ["a.txt", "b.txt", "d.txt"],
            (await NamesAsync(harness, Shown(harness))).Order(StringComparer.Ordinal)
        );
    }

    private static async Task EndAsync(MirrorHarness harness)
    {
        var text = $"end {harness.FromChat().Count}";
        harness.Sandbox.Mattermost.Post("user1", "incident-1", text);
        await harness.WarRoomAsync(texts => texts.Contains(text));
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        await harness.Service.SynchronizeAsync(null, harness.Token);
    }

    private static Task FilesAsync(MirrorHarness harness, params string[] names) =>
        harness.Sandbox.Xsoar.WhenAsync(
            _ => Files(harness).Select(entry => entry.File).SequenceEqual(names),
            harness.Token
        );

    private static Task NoteAsync(MirrorHarness harness, string note) =>
        harness.Sandbox.Xsoar.WhenAsync(_ => Notes(harness).Contains(note), harness.Token);

    // The notes about files in the entries of edits.
    private static List<string> Notes(MirrorHarness harness) =>
        [
            .. harness
                .FromChat()
                .Where(entry => entry.Contains(" (edited):", StringComparison.Ordinal))
                .Select(entry =>
                    entry.Split('\n').SingleOrDefault(line => line.StartsWith("*(", StringComparison.Ordinal))
                )
                .OfType<string>(),
        ];

    private static List<MattermostXsoar.Sandbox.Xsoar.Model.SandboxEntry> Files(MirrorHarness harness) =>
        [.. harness.Sandbox.Xsoar.Entries("1").Where(entry => entry.File.Length > 0)];

    private static List<SandboxPost> Shown(MirrorHarness harness) =>
        [
            .. harness
                .Sandbox.Mattermost.Messages("incident-1")
                .Where(post => post.DeleteAt == 0 && post.Props.ContainsKey("xsoar_entry_id")),
        ];

    private static async Task<List<string>> NamesAsync(MirrorHarness harness, IEnumerable<SandboxPost> posts)
    {
        using var personal = Personal(harness);
        var names = new List<string>();
        foreach (var id in posts.SelectMany(post => post.FileIds))
            names.Add((await personal.Files.GetInfoAsync(id, harness.Token)).Name);
        return names;
    }

    private static async Task<MattermostPost> PostAsync(MirrorHarness harness, string text, params string[] names)
    {
        var ids = new List<string>();
        foreach (var name in names)
            ids.Add(await UploadAsync(harness, name));
        using var personal = Personal(harness);
        return await personal.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = harness.Sandbox.Mattermost.Channel("incident-1").Id,
                Message = text,
                FileIds = ids,
            },
            harness.Token
        );
    }

    // The server lists ids in no order that people see.
    private static string IdOf(MattermostPost post, string name) =>
        PostFiles.Of(post).Single(file => file.Name == name).Id;

    private static async Task<string> UploadAsync(MirrorHarness harness, string name)
    {
        using var personal = Personal(harness);
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        return (await personal.Files.UploadAsync(channel, TestFiles.Text(name, name), null, harness.Token)).Id;
    }

    private static MattermostClient Personal(MirrorHarness harness)
    {
        var environment = new ClientEnvironment();
        return MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new AccessToken(harness.Sandbox.PersonalToken, environment.Redactor),
            TokenRole.Personal,
            new TransportOptions(),
            environment
        );
    }
}
