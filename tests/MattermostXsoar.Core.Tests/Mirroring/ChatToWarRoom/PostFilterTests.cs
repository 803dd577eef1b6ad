using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

public sealed class PostFilterTests
{
    [Theory]
    [InlineData("person", "", "{}", true)]
    [InlineData("bot", "", "{}", false)]
    // Ids differ by case.
    [InlineData("Bot", "", "{}", true)]
    [InlineData("person", "system_join_channel", "{}", false)]
    // A plugin's own kind of post is written by a person.
    [InlineData("person", "custom_poll", "{}", true)]
    // Anybody may set props to anything.
    [InlineData("person", "", """{"from_bot":"true"}""", true)]
    [InlineData("person", "", """{"from_webhook":true}""", true)]
    [InlineData("person", "", """{"from_bot":null,"from_webhook":{"true":true}}""", true)]
    [InlineData("person", "", """{"xsoar_entry_id":"1@1"}""", true)]
    [InlineData("person", "", "[]", true)]
    [InlineData("person", "", null, true)]
    public void Props_do_not_decide_whether_a_person_wrote_a_post(
        string user,
        string type,
        string? props,
        bool expected
    )
    {
        var post = new MattermostPost { UserId = user, Type = type };
        if (props is not null)
            post.PropsJson = JsonSerializer.Deserialize<JsonElement>(props);
        Assert.Equal(expected, PostFilter.MayBeByPerson(post, "bot"));
    }

    [Theory]
    [InlineData("hello", 0, true)]
    [InlineData("", 0, false)]
    [InlineData(" \r\n\t\u00a0", 0, false)]
    [InlineData("", 1, true)]
    [InlineData("hello", 2, true)]
    public void A_text_or_a_file_is_content(string text, int files, bool expected) =>
        Assert.Equal(
            expected,
            PostFilter.HasContent(
                new MattermostPost { Message = text, FileIds = [.. Enumerable.Repeat("file", files)] }
            )
        );

    [Fact]
    public void A_message_attachment_is_content() =>
        Assert.True(
            PostFilter.HasContent(
                new MattermostPost
                {
                    PropsJson = JsonSerializer.Deserialize<JsonElement>("""{"attachments":[{"text":"an alarm"}]}"""),
                }
            )
        );
}
