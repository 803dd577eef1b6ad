using MattermostXsoar.Core.Mirroring.Markup;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Markup;

public sealed class MentionGuardTests
{
    [Theory]
    [InlineData("@all look", "@\u200Ball look")]
    [InlineData("hey @channel, @here and @jane.doe!", "hey @\u200Bchannel, @\u200Bhere and @\u200Bjane.doe!")]
    [InlineData("mail bob@example.com", "mail bob@\u200Bexample.com")]
    [InlineData("`@all` in a span", "`@\u200Ball` in a span")]
    [InlineData("no sign", "no sign")]
    [InlineData("5 @ 3", "5 @ 3")]
    public void Names_are_shown_but_notify_nobody(string text, string expected) =>
        Assert.Equal(expected, new MentionGuard().Defuse(text));

    [Theory]
    [InlineData("```\n@all\n```", "```\n@\u200Ball\n```")]
    [InlineData("- run\n  ```\n@all\n  ```", "- run\n  ```\n@\u200Ball\n  ```")]
    [InlineData("```\n@all", "```\n@\u200Ball")]
    public void Code_is_no_exception(string text, string expected) =>
        Assert.Equal(expected, new MentionGuard().Defuse(text));

    [Theory]
    [InlineData("&#64;all", "&\u200B#64;all")]
    [InlineData("&#0000064;all", "&\u200B#0000064;all")]
    [InlineData("&#x40;all", "&\u200B#x40;all")]
    [InlineData("&#X0040;all", "&\u200B#X0040;all")]
    [InlineData("&commat;all", "&\u200Bcommat;all")]
    [InlineData("&#640; &#x400; &amp;", "&#640; &#x400; &amp;")]
    public void The_sign_as_a_character_reference_is_shown_as_it_was_written(string text, string expected) =>
        Assert.Equal(expected, new MentionGuard().Defuse(text));

    [Fact]
    public void A_name_on_the_list_may_be_notified_but_not_one_that_only_begins_like_it() =>
        Assert.Equal("@jane. and @\u200Bjanet", new MentionGuard(["Jane"]).Defuse("@jane. and @janet"));
}
