using System.Management.Automation;
using MattermostXsoar.Module.Tests.Incidents;
using MattermostXsoar.Module.Tests.Posts;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Notifications;

/// <summary>Threads, attachments, cards and priorities of notifications.</summary>
public sealed class NotificationExtrasTests
{
    [Theory]
    [InlineData("Send-MattermostNotification x -RootPost $post")]
    [InlineData("Send-MattermostNotification x -RootPost (Get-MattermostPost -RootPost $post)[1]")]
    [InlineData("Send-MattermostNotification x -RootPost $post -Channel test")]
    [InlineData("[pscustomobject]@{ Message = 'x'; RootPost = $post } | Send-MattermostNotification")]
    public async Task A_reply_goes_into_the_thread(string command)
    {
        await using var scene = await PostScene.StartAsync();

        (await scene.InvokeAsync(command)).Succeeded();

        var reply = scene.Sandbox.Mattermost.Messages("test")[^1];
        Assert.Equal(
            ("x", LanguagePrimitives.ConvertTo<string>(scene.Engine.Get("post"))),
            (reply.Message, reply.RootId)
        );
    }

    [Theory]
    [InlineData("Send-MattermostNotification x -RootPost $post -Channel alerts", "ConflictingTarget")]
    [InlineData("Send-MattermostNotification x -RootPost $post -Priority Urgent", "InvalidArgument")]
    [InlineData("Send-MattermostNotification x -Card -Channel test", "InvalidArgument")]
    [InlineData("Send-MattermostNotification x -Card -InvestigationId 99 -Channel test", "InvestigationNotFound")]
    [InlineData("Send-MattermostNotification x -Channel test -RequestAcknowledgement", "LicenseRequired")]
    public async Task What_cannot_be_is_refused(string command, string errorId)
    {
        await using var scene = await PostScene.StartAsync();
        var before = scene.Sandbox.Mattermost.Messages("test").Count;

        var result = await scene.InvokeAsync(command);

        Assert.Equal(errorId, result.ErrorId);
        Assert.Equal(before, scene.Sandbox.Mattermost.Messages("test").Count);
    }

    [Fact]
    public async Task A_server_without_priorities_is_named()
    {
        await using var scene = await PostScene.StartAsync(new SandboxOptions { MattermostVersion = "5.37.0" });

        var error = (
            await scene.InvokeAsync("Send-MattermostNotification x -Channel test -Priority Important")
        ).AssertError("ServerTooOld", ErrorCategory.NotImplemented);

        Assert.Contains("7.7", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_is_made_of_a_hashtable()
    {
        await using var scene = await PostScene.StartAsync();

        (
            await scene.InvokeAsync(
                """
                Send-MattermostNotification -Channel test -Attachment @{ color = 'Red'; Title = 'Isolated'; TitleLink = 'https://x.example/1'
                    Fields = [ordered]@{ Host = 'pc-7'; Count = 3 } }, @{ Text = 'More'; Color = '#00ff00'; Fields = @(@{ Title = 't'; Value = 'v' }) }
                """
            )
        ).Succeeded();

        var sent = scene.Sandbox.Mattermost.Messages("test")[^1].Props["attachments"];
        foreach (
            var part in new[]
            {
                "\"color\":\"#B5200D\"",
                "\"title\":\"Isolated\"",
                "\"title_link\":\"https://x.example/1\"",
                "\"fallback\":\"Isolated\"",
                "\"title\":\"Host\",\"value\":\"pc-7\",\"short\":true",
                "\"title\":\"Count\",\"value\":\"3\"",
                "\"text\":\"More\"",
                "\"color\":\"#00ff00\"",
                "\"title\":\"t\",\"value\":\"v\",\"short\":false",
            }
        )
            Assert.Contains(part, sent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Titel = 'x' }", "has no 'Titel'. It can have Color, Title")]
    [InlineData("@{ Title = 'x'; Color = 'mauve' }", "'mauve' is no colour")]
    [InlineData("@{ Color = 'Red' }", "needs a Title")]
    [InlineData("@{ Title = 'x'; Fields = @{ a = 1 }, 'b' }", "Fields of an attachment")]
    [InlineData("@{ Title = 'x'; TitleLink = 'javascript:alert(1)' }", "no address that begins with http")]
    public async Task A_wrong_attachment_is_refused_with_what_is_right(string attachment, string message)
    {
        await using var scene = await PostScene.StartAsync();

        var result = await scene.InvokeAsync($"Send-MattermostNotification x -Channel test -Attachment {attachment}");

        Assert.Contains(message, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Method != "GET");
    }

    [Theory]
    [InlineData("Get-XsoarIncident 2 | Send-MattermostNotification -Card -Channel test")]
    [InlineData("Send-MattermostNotification -Card -InvestigationId 2 -Channel test")]
    [InlineData("Send-MattermostNotification 'Look' -Card -InvestigationId 2 -Channel test")]
    public async Task A_card_shows_the_incident(string command)
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options);

        (await scene.InvokeAsync(command)).Succeeded();

        var post = scene.Sandbox.Mattermost.Messages("test")[^1];
        var card = post.Props["attachments"];
        Assert.Equal(command.Contains("Look", StringComparison.Ordinal) ? "Look" : "", post.Message);
        foreach (var part in new[] { "#2 Malware on host", "#B5200D", "Critical", "Active", "joe", "WarRoom/2" })
            Assert.Contains(part, card, StringComparison.Ordinal);
    }
}
