using System.Management.Automation;
using System.Net.Http.Headers;
using System.Text;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Recording;

namespace MattermostXsoar.Module.Tests.Files;

public sealed class SendMattermostFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-files-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Sends_several_files_with_one_post()
    {
        await using var scene = await StartAsync(files: ["a.log", "b.log", "c.txt", "empty.log"]);
        await File.WriteAllTextAsync(PathOf("empty.log"), "", Token);
        Directory.CreateDirectory(PathOf("folder.log"));

        var result = await scene.InvokeAsync(
            "Send-MattermostFile \"$folder/*.log\", \"$folder/c.txt\" -Channel test -Message 'The evidence' -Verbose"
        );

        Assert.Empty(result.Succeeded());
        var post = Assert.Single(scene.Sandbox.Mattermost.Messages("test"));
        Assert.Equal("The evidence", post.Message);
        Assert.Equal(["a.log content", "b.log content", "", "c.txt content"], await ContentsAsync(scene, post));
        foreach (var name in new[] { "a.log", "b.log", "c.txt", "empty.log" })
            Assert.Contains($"file {name} was successfully sent to channel test", result.Verbose);
        Assert.Contains(
            result.Progress,
            progress =>
                progress.StatusDescription == "c.txt (4 of 4): 13 bytes of 13 bytes" && progress.PercentComplete == 100
        );
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        scene.AssertNoSecretIn(result.AllText());
    }

    [Theory]
    [InlineData("[IO.FileInfo]\"$folder/a[1].log\" | Send-MattermostFile -Channel test")]
    [InlineData("[pscustomobject]@{PSPath=\"$folder/a[1].log\"} | Send-MattermostFile -Channel test")]
    [InlineData("Send-MattermostFile -LiteralPath \"$folder/a[1].log\" -Channel test")]
    [InlineData("\"$folder/a?1?.log\" | Send-MattermostFile -Channel (Get-MattermostChannel test)")]
    public async Task Takes_files_of_any_name_from_the_pipeline(string command)
    {
        await using var scene = await StartAsync(files: ["a[1].log"]);

        (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(
            ["a[1].log content"],
            await ContentsAsync(scene, Assert.Single(scene.Sandbox.Mattermost.Messages("test")))
        );
    }

    [Fact]
    public async Task A_link_is_sent_as_the_file_that_it_leads_to()
    {
        await using var scene = await StartAsync(files: ["a.log"]);
        File.CreateSymbolicLink(PathOf("report.txt"), PathOf("a.log"));

        var post = (await scene.InvokeAsync("Send-MattermostFile $folder/report.txt -Channel test -PassThru")).Single();

        var sent = Assert.Single(scene.Sandbox.Mattermost.Messages("test"));
        Assert.Equal(sent.Id, post.Get("Id"));
        Assert.Equal(["a.log content"], await ContentsAsync(scene, sent));
    }

    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.9.0")]
    public async Task Sends_the_file_of_an_entry_from_server_to_server(string version)
    {
        await using var scene = await StartAsync(new SandboxOptions { XsoarVersion = version });
        var entry = scene.Sandbox.Xsoar.AddFile("1", "jane", "отчёт.eml", "the mail"u8.ToArray());

        var post = (
            await scene.InvokeAsync(
                $"mattermost-send-file -entry_id {entry.Id} -message 'The mail' -channel test -team_name panw -PassThru -Verbose"
            )
        ).Single();

        Assert.Equal("The mail", post.Get("Message"));
        var sent = Assert.Single(scene.Sandbox.Mattermost.Messages("test"));
        Assert.Equal(["the mail"], await ContentsAsync(scene, sent));
        Assert.Equal(
            1,
            scene.Sandbox.Calls.CountOf(call =>
                call.Query.Contains("filename=" + Uri.EscapeDataString("отчёт.eml"), StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("-To user1", "D", "user1")]
    [InlineData("-to 'user1,user2'", "G", "user1, user2")]
    public async Task Reaches_people(string to, string type, string names)
    {
        await using var scene = await StartAsync(files: ["a.log"]);

        var result = await scene.InvokeAsync($"Send-MattermostFile $folder/a.log {to} -PassThru -Verbose");

        Assert.Equal(type, scene.Sandbox.Mattermost.Channel((string)result.Single().Get("ChannelId")!).Type);
        Assert.Contains($"file a.log was successfully sent to channel {names}", result.Verbose);
    }

    [Theory]
    [InlineData("5.37.0", new[] { 5, 5, 2 })]
    [InlineData("9.11.0", new[] { 10, 2 })]
    public async Task More_than_a_post_takes_go_with_replies_and_it_is_reported(string version, int[] counts)
    {
        await using var scene = await StartAsync(
            new SandboxOptions { MattermostVersion = version },
            [.. Enumerable.Range(10, 12).Select(number => $"{number}.log")]
        );

        var result = await scene.InvokeAsync(
            "Send-MattermostFile $folder/*.log -Channel test -Message all -PassThru -Verbose"
        );

        var posts = result.Succeeded();
        Assert.Equal(counts, posts.Select(post => ((IReadOnlyList<string>)post.Get("FileIds")!).Count));
        Assert.Equal(["all", .. Enumerable.Repeat("", counts.Length - 1)], posts.All("Message"));
        Assert.All(posts.Skip(1), post => Assert.Equal(posts[0].Get("Id"), post.Get("RootId")));
        Assert.Contains(
            result.Verbose,
            line => line.StartsWith($"Mattermost allows {counts[0]} files in a post", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_long_message_keeps_to_the_limit_of_a_server_with_an_old_database()
    {
        await using var scene = await StartAsync(new SandboxOptions { MaxPostSize = 4000 }, ["a.log"]);

        (
            await scene.InvokeAsync("Send-MattermostFile $folder/a.log -Channel test -Message ('word ' * 1200)")
        ).Succeeded();

        var posts = scene.Sandbox.Mattermost.Messages("test");
        Assert.Equal([1, 0], posts.Select(post => post.FileIds.Count));
        Assert.All(posts, post => Assert.InRange(post.Message.Length, 1, 4000));
    }

    [Fact]
    public async Task Too_large_a_file_is_refused_before_it_is_sent_and_the_others_go_on()
    {
        await using var scene = await StartAsync(new SandboxOptions { MaxFileSize = 1000 }, ["a.log", "b.log"]);
        await File.WriteAllTextAsync(PathOf("a.log"), new string('x', 1001), Token);

        var error = (await scene.InvokeAsync("Send-MattermostFile $folder/*.log -Channel test")).AssertError(
            "FileTooLarge",
            ErrorCategory.InvalidArgument
        );

        Assert.Equal(
            "The file 'a.log' of 1,001 bytes is too large for Mattermost: it accepts files of at most 1,000 bytes.",
            error.Exception.Message
        );
        Assert.Equal(
            ["b.log content"],
            await ContentsAsync(scene, Assert.Single(scene.Sandbox.Mattermost.Messages("test")))
        );
        Assert.Equal(1, scene.Sandbox.Calls.CountOf("mattermost", "POST", "/files$"));
    }

    [Theory]
    [InlineData("Send-MattermostFile $folder/a.log", "ConflictingTarget", ErrorCategory.InvalidArgument)]
    [InlineData(
        "Send-MattermostFile $folder/a.log -Channel test -To user1",
        "ConflictingTarget",
        ErrorCategory.InvalidArgument
    )]
    [InlineData("Send-MattermostFile $folder/nosuch.log -Channel test", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostFile $folder/nosuch*.log -Channel test", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostFile $folder -Channel test", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostFile nodrive:/a.log -Channel test", "FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostFile variable:folder -Channel test", "InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData("Send-MattermostFile $folder/a.log -Channel nowhere", "ChannelNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-MattermostFile $folder/a.log -Channel alerts", "ChannelArchived", ErrorCategory.InvalidOperation)]
    [InlineData("Send-MattermostFile $folder/a.log -To nosuch", "UserNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(
        "Send-MattermostFile -EntryId 99@1 -Message m -Channel test",
        "FileNotFound",
        ErrorCategory.ObjectNotFound
    )]
    public async Task What_cannot_be_sent_is_reported_and_nothing_is_posted(
        string command,
        string errorId,
        ErrorCategory category
    )
    {
        await using var scene = await StartAsync(files: ["a.log"]);
        scene.Sandbox.Mattermost.Archive("alerts");

        (await scene.InvokeAsync(command)).AssertError(errorId, category);

        Assert.Empty(Changing(scene));
    }

    [Fact]
    public async Task One_missing_file_does_not_stop_the_others()
    {
        await using var scene = await StartAsync(files: ["a.log", "b.log"]);

        var result = await scene.InvokeAsync(
            "\"$folder/a.log\", \"$folder/nosuch\", \"$folder/b.log\" | Send-MattermostFile -Channel test"
        );

        result.AssertError("FileNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(
            ["a.log content", "b.log content"],
            await ContentsAsync(scene, Assert.Single(scene.Sandbox.Mattermost.Messages("test")))
        );
    }

    [Fact]
    public async Task The_personal_token_adds_the_bot()
    {
        await using var scene = await StartAsync(files: ["a.log"]);
        scene.Sandbox.Mattermost.CreateChannel("admin", "closed", "Closed", "P");

        var result = await scene.InvokeAsync("Send-MattermostFile $folder/a.log -Channel closed -Verbose");

        Assert.Empty(result.Succeeded());
        Assert.Contains(
            "The bot @xsoarbot was not in the channel 'closed': the personal token added it.",
            result.Verbose
        );
        Assert.Single(scene.Sandbox.Mattermost.Messages("closed"));
    }

    [Theory]
    [InlineData("Send-MattermostFile $folder/*.log -Channel test")]
    [InlineData("Send-MattermostFile $folder/*.log -To user1")]
    [InlineData("Send-MattermostFile -EntryId 1@1 -Channel test")]
    public async Task WhatIf_changes_nothing(string command)
    {
        await using var scene = await StartAsync(files: ["a.log"]);

        var result = await scene.InvokeAsync(command + " -WhatIf");

        Assert.Empty(result.Succeeded());
        Assert.Contains("What if: Performing the operation \"Send the file", result.Screen, StringComparison.Ordinal);
        Assert.Empty(Changing(scene));
    }

    [Theory]
    [InlineData("/files$", "Send-MattermostFile $folder/a.log -Channel test")]
    [InlineData("/entry/download/", "Send-MattermostFile -EntryId 1@1 -Message m -Channel test")]
    public async Task Stops_within_a_second_while_a_server_stalls(string path, string command)
    {
        await using var scene = await StartAsync(files: ["a.log"]);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Stall,
                PathPattern = path,
                Count = 100,
            }
        );
        using var run = scene.Engine.Begin(command);
        await scene.Sandbox.Calls.WaitForAsync(
            call => System.Text.RegularExpressions.Regex.IsMatch(call.Path, path),
            Token
        );

        Assert.True((await run.StopAsync()).WasStopped);
        Assert.Empty(scene.Sandbox.Mattermost.Messages("test"));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<Scene> StartAsync(SandboxOptions? options = null, string[]? files = null)
    {
        foreach (var name in files ?? [])
            await File.WriteAllTextAsync(PathOf(name), $"{name} content", Token);
        var scene = await Scene.StartAsync(options);
        scene.Engine.Set("folder", _folder.FullName);
        return scene;
    }

    private static async Task<List<string>> ContentsAsync(Scene scene, SandboxPost post)
    {
        using var http = new HttpClient { BaseAddress = scene.Sandbox.MattermostUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Sandbox.BotToken);
        var contents = new List<string>();
        foreach (var file in scene.Sandbox.Mattermost.Files(post))
            contents.Add(
                Encoding.UTF8.GetString(
                    await http.GetByteArrayAsync(new Uri($"api/v4/files/{file.Id}", UriKind.Relative), Token)
                )
            );
        return contents;
    }

    // Looking users up is a POST that changes nothing.
    private static IEnumerable<CallRecord> Changing(Scene scene) =>
        scene.Sandbox.Calls.Where(call =>
            call.Method != "GET" && !call.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal)
        );
}
