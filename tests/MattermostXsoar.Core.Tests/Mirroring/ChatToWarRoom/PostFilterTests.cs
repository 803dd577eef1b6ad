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
    [InlineData("person", "", """{"from_bot":"true"}""", false)]
    [InlineData("person", "", """{"from_bot":true}""", false)]
    [InlineData("person", "", """{"from_webhook":"true"}""", false)]
    [InlineData("person", "", """{"from_bot":"false","from_webhook":false}""", true)]
    // Anybody may set props to anything.
    [InlineData("person", "", """{"from_bot":null,"from_webhook":{"true":true}}""", true)]
    [InlineData("person", "", """{"xsoar_entry_id":"1@1"}""", true)]
    [InlineData("person", "", "[]", true)]
    [InlineData("person", "", null, true)]
    public void A_person_is_whoever_is_neither_this_bot_nor_another_nor_a_webhook_nor_the_server(
        string user,
        string type,
        string? props,
        bool expected
    )
    {
        var post = new MattermostPost { UserId = user, Type = type };
        if (props is not null)
            post.Props = JsonSerializer.Deserialize<JsonElement>(props);
        Assert.Equal(expected, PostFilter.IsByPerson(post, "bot"));
    }

    [Theory]
    [InlineData("hello", 0, true)]
    [InlineData("", 0, false)]
    [InlineData(" \r\n\t\u00a0", 0, false)]
    [InlineData("", 1, true)]
    [InlineData("hello", 2, true)]
    public void A_text_or_a_file_is_something_to_mirror(string text, int files, bool expected) =>
        Assert.Equal(
            expected,
            PostFilter.HasContent(
                new MattermostPost { Message = text, FileIds = [.. Enumerable.Repeat("file", files)] }
            )
        );
}
