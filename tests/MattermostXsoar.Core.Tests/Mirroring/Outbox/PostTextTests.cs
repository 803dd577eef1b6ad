using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

public sealed class PostTextTests
{
    [Theory]
    [InlineData("text", "null", "text")]
    [InlineData("text", "[]", "text")]
    [InlineData("text", """{"attachments":"no list"}""", "text")]
    [InlineData("text", """{"attachments":[1,null,{"color":"#f00"}]}""", "text")]
    [InlineData("", """{"attachments":[{"fallback":"short"}]}""", "short")]
    [InlineData("", """{"attachments":[{"fallback":"short","text":"long"}]}""", "long")]
    [InlineData(
        "head",
        """
            {"attachments":[{"pretext":"p","author_name":"a","title":"t","title_link":"http://x/","text":"body",
            "fields":[{"title":"Severity","value":3},{"title":"","value":"only"},"no object"],"footer":"f"},{"text":"2nd"}]}
            """,
        "head\n\np\na\nt: http://x/\nbody\nSeverity: 3\nonly\nf\n\n2nd"
    )]
    public void The_attachments_follow_the_message(string message, string props, string expected) =>
        Assert.Equal(expected, PostText.Of(Post(message, props)));

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"override_username":"Grafana"}""", "")]
    [InlineData("""{"from_webhook":"true","override_username":"Grafana"}""", "Grafana")]
    [InlineData("""{"from_webhook":"true"}""", "webhook")]
    [InlineData("""{"from_bot":true}""", "integration")]
    public void A_post_of_a_webhook_has_its_name(string props, string expected) =>
        Assert.Equal(expected, PostText.SenderOf(Post("x", props)));

    /// <summary>A server with an image proxy sends both texts, so that switching it on or off changes nothing.</summary>
    [Theory]
    [InlineData("![](http://mm/api/v4/image?url=x)", "\"![](http://x/)\"", "![](http://x/)")]
    [InlineData("![](http://x/)", "\"\"", "![](http://x/)")]
    [InlineData("![](http://x/)", "null", "![](http://x/)")]
    [InlineData("![](http://x/)", "5", "![](http://x/)")]
    public void The_text_is_the_one_that_its_author_wrote(string message, string source, string expected)
    {
        var post = Post(message, "null");
        post.AdditionalJson["message_source"] = JsonSerializer.Deserialize<JsonElement>(source);
        Assert.Equal(expected, PostText.Of(post));
    }

    private static MattermostPost Post(string message, string props) =>
        new() { Message = message, PropsJson = JsonSerializer.Deserialize<JsonElement>(props) };
}
