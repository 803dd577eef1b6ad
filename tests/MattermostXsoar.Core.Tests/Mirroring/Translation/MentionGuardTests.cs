using MattermostXsoar.Core.Mirroring.Translation;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Translation;

public sealed class MentionGuardTests
{
    [Theory]
    [InlineData("@all look", "@\u200Ball look")]
    [InlineData("hey @channel, @here and @jane.doe!", "hey @\u200Bchannel, @\u200Bhere and @\u200Bjane.doe!")]
    [InlineData("mail bob@example.com", "mail bob@\u200Bexample.com")]
    [InlineData("`@all` in a span", "`@\u200Ball` in a span")]
    [InlineData("no sign", "no sign")]
    [InlineData("5 @ 3", "5 @ 3")]
    public void Names_are_shown_but_call_nobody(string text, string expected) =>
        Assert.Equal(expected, new MentionGuard().Defuse(text));

    [Fact]
    public void Fenced_code_is_left_as_it_is() =>
        Assert.Equal("@\u200Ball\n```\n@all\n```\n@\u200Bhere", new MentionGuard().Defuse("@all\n```\n@all\n```\n@here"));

    [Fact]
    public void A_fence_that_is_never_closed_protects_nothing() =>
        Assert.Equal("```\n@\u200Ball", new MentionGuard().Defuse("```\n@all"));

    [Fact]
    public void A_name_on_the_list_may_be_called_but_not_one_that_only_begins_like_it() =>
        Assert.Equal("@jane. and @\u200Bjanet", new MentionGuard(["Jane"]).Defuse("@jane. and @janet"));
}
