using System.Net;
using System.Text;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>
/// One message, edit, deletion or file that never passes, because of a firewall, a database or an antivirus: it is set
/// aside, and those behind it go on.
/// </summary>
public sealed class BlockedMessageTests
{
    private const string Attack = "id=1' union select * from users--";

    private static MirrorOptions Options { get; } =
        MirrorHarness.Quick with
        {
            SetAsideAfter = TimeSpan.FromMilliseconds(300),
        };

    private static HttpResponseMessage Page =>
        new(HttpStatusCode.Forbidden)
        {
            Content = new StringContent(
                "<html><head><title>Request Rejected</title></head></html>",
                Encoding.UTF8,
                "text/html"
            ),
        };

    private static HttpResponseMessage DatabaseError =>
        new(HttpStatusCode.InternalServerError)
        {
            Content = new StringContent(
                """{"id":"store.sql_post.save.app_error","message":"We couldn't save the Post","status_code":500}""",
                Encoding.UTF8,
                "application/json"
            ),
        };

    [Fact]
    public async Task An_entry_that_a_firewall_refuses_is_set_aside_with_a_note_and_goes_when_it_is_retried()
    {
        var blocks = true;
        await using var harness = await StartAsync(
            (request, body) =>
                blocks && request.Method == HttpMethod.Post && body.Contains("select * from", StringComparison.Ordinal)
                    ? Page
                    : null
        );
        foreach (var text in new[] { "before", Attack, "behind" })
            harness.Sandbox.Xsoar.AddEntry("1", "jane", text);
        await harness.ChatAsync("incident-1", shown => shown.Contains("behind"));

        Assert.Equal("before", harness.MirroredInChat("incident-1")[0]);
        Assert.Contains(
            "An entry of the War Room was not mirrored",
            harness.MirroredInChat("incident-1")[1],
            StringComparison.Ordinal
        );
        var failed = Assert.Single(harness.Service.GetFailedDeliveries());
        Assert.Contains(
            "A firewall or proxy in front of Mattermost refuses this text",
            failed.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains("HTTP 403", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(MirrorState.Active, Assert.Single(harness.Service.GetMirrors()).State);

        blocks = false;
        await harness.Service.RetryFailedAsync(["1"], harness.Token);
        // Its characters are drawn as they were written, in code.
        await harness.ChatAsync(
            "incident-1",
            shown => shown.Exists(text => text.Contains(Attack, StringComparison.Ordinal))
        );
        Assert.Empty(harness.Service.GetFailedDeliveries());
        Assert.Single(harness.MirroredInChat("incident-1"), text => text.Contains(Attack, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_that_the_database_cannot_hold_is_set_aside()
    {
        await using var harness = await StartAsync(
            (request, body) =>
                request.RequestUri!.AbsolutePath == "/api/v4/posts" && body.Contains("owned", StringComparison.Ordinal)
                    ? DatabaseError
                    : null
        );
        foreach (var text in new[] { "before", "owned \U0001F525", "behind" })
            harness.Sandbox.Xsoar.AddEntry("1", "jane", text);
        await harness.ChatAsync("incident-1", shown => shown.Contains("behind"));
        Assert.Contains(
            "HTTP 500",
            Assert.Single(harness.Service.GetFailedDeliveries()).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_post_that_a_firewall_refuses_is_set_aside_with_a_note_and_so_are_its_edit_and_its_deletion()
    {
        await using var harness = await StartAsync(
            (request, body) =>
                request.RequestUri!.AbsolutePath.EndsWith("/entry/formatted", StringComparison.Ordinal)
                && body.Contains("select * from", StringComparison.Ordinal)
                    ? Page
                    : null
        );
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "before");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", Attack);
        var edited = harness.Sandbox.Mattermost.Post("user1", "incident-1", "behind");
        await harness.WarRoomAsync(shown => shown.Contains("behind"));
        harness.Sandbox.Mattermost.Edit(edited.Id, Attack);
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(shown => shown.Contains("end"));

        var failed = harness.Service.GetFailedDeliveries();
        Assert.Equal(["Message", "Edit"], failed.Select(delivery => delivery.Kind));
        Assert.All(
            failed,
            delivery =>
                Assert.Contains("in front of XSOAR refuses this text", delivery.Reason, StringComparison.Ordinal)
        );
        Assert.Equal(2, harness.FromChat().Count(text => text.Contains("was not mirrored", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_an_antivirus_refuses_and_one_that_is_lost_on_the_server_become_notes()
    {
        await using var harness = await StartAsync(
            (request, body) =>
                body.Contains("EICAR", StringComparison.Ordinal) ? Page
                : request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.Contains("/files/", StringComparison.Ordinal)
                && _lost
                    ? DatabaseError
                : null
        );
        _lost = false;
        harness.Sandbox.Xsoar.AddFile("1", "jane", "sample.txt", Encoding.UTF8.GetBytes("EICAR"), "");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "behind");
        await harness.ChatAsync("incident-1", shown => shown.Contains("behind"));
        Assert.Contains(
            "with a file was not mirrored",
            harness.MirroredInChat("incident-1")[0],
            StringComparison.Ordinal
        );

        _lost = true;
        await PostFileAsync(harness, "lost.bin");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "end");
        await harness.WarRoomAsync(shown => shown.Contains("end"));
        Assert.Single(
            harness.FromChat(),
            text => text.Contains("A message with a file was not mirrored", StringComparison.Ordinal)
        );
        Assert.Equal(2, harness.Service.GetFailedDeliveries().Count);
    }

    [Fact]
    public async Task An_edit_and_a_deletion_that_a_proxy_refuses_are_set_aside_and_the_text_is_deleted_where_it_can_be()
    {
        await using var harness = await StartAsync((request, _) => request.Method == HttpMethod.Put ? Page : null);
        var edited = harness.Sandbox.Xsoar.AddEntry("1", "jane", "one");
        var deleted = harness.Sandbox.Xsoar.AddEntry("1", "jane", "password is hunter2");
        await harness.ChatAsync("incident-1", shown => shown.Count == 2);
        harness.Tick();
        harness.Sandbox.Xsoar.EditEntry(edited.Id, "two");
        harness.Sandbox.Xsoar.DeleteEntry(deleted.Id);
        await harness.ChatAsync(
            "incident-1",
            shown =>
                !shown.Any(text => text.Contains("hunter2", StringComparison.Ordinal))
                && shown.Any(text => text.Contains("A newer version of", StringComparison.Ordinal))
        );
        Assert.Equal(["Edit"], harness.Service.GetFailedDeliveries().Select(delivery => delivery.Kind));
        Assert.Contains("one", harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task While_no_write_passes_at_all_nothing_is_set_aside()
    {
        var blocks = false;
        var refused = 0;
        await using var harness = await StartAsync(
            (request, _) =>
            {
                if (!blocks || request.Method != HttpMethod.Post || request.RequestUri!.AbsolutePath != "/api/v4/posts")
                    return null;
                Interlocked.Increment(ref refused);
                return DatabaseError;
            }
        );
        blocks = true;
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "one");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        // Far more than the tries after which a single message is set aside, and notes among them.
        await harness.WhenAsync(() => Volatile.Read(ref refused) > 12);
        Assert.Empty(harness.Service.GetFailedDeliveries());
        blocks = false;
        await harness.ChatAsync("incident-1", shown => shown.SequenceEqual(["one", "two"]));
        Assert.Empty(harness.Service.GetFailedDeliveries());
    }

    private volatile bool _lost;

    private static async Task<MirrorHarness> StartAsync(Func<HttpRequestMessage, string, HttpResponseMessage?> between)
    {
        var harness = await MirrorHarness.StartAsync(mirroring: Options);
        harness.Between = between;
        await harness.NewServiceAsync();
        await harness.MirrorConnectedAsync();
        return harness;
    }

    private static async Task PostFileAsync(MirrorHarness harness, string name)
    {
        using var client = Core.Mattermost.MattermostClient.Create(
            harness.Sandbox.MattermostUri,
            new Core.Http.AccessToken(harness.Sandbox.PersonalToken, new()),
            Core.Mattermost.TokenRole.Personal,
            new(),
            new()
        );
        var channel = harness.Sandbox.Mattermost.Channel("incident-1").Id;
        var file = await client.Files.UploadAsync(
            channel,
            TestFiles.From(new MemoryStream([1, 2, 3]), 3, name),
            null,
            harness.Token
        );
        await client.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = channel,
                Message = "",
                FileIds = [file.Id],
            },
            harness.Token
        );
    }
}
