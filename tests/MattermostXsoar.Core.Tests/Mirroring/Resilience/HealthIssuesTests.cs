using MattermostXsoar.Core.Mirroring.Resilience;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

public sealed class HealthIssuesTests
{
    private readonly HealthIssues _issues = new();

    [Fact]
    public void The_first_issue_explains_those_that_came_later()
    {
        _issues.Set(MirrorPart.WarRoomToChat, new("first"));
        _issues.Set(MirrorPart.ChatSource, new("second"));
        Assert.Equal("first", _issues.First?.Text);
        Assert.Equal(2, _issues.Count);
    }

    [Fact]
    public void The_channel_explains_all_others_whenever_they_came()
    {
        _issues.Set(MirrorPart.EarlierProcess, new("first"));
        _issues.Set(MirrorPart.Channel, new("archived"));
        _issues.Set(MirrorPart.ChatSource, new("third"));
        Assert.Equal("archived", _issues.First?.Text);
        Assert.True(_issues.Remove(MirrorPart.Channel));
        Assert.Equal("first", _issues.First?.Text);
    }

    [Fact]
    public void The_investigation_explains_all_others_but_the_channel_whenever_they_came()
    {
        _issues.Set(MirrorPart.WarRoomSource, new("not found"));
        _issues.Set(MirrorPart.Investigation, new("deleted"));
        Assert.Equal("deleted", _issues.First?.Text);
        _issues.Set(MirrorPart.Channel, new("archived"));
        Assert.Equal("archived", _issues.First?.Text);
        Assert.True(_issues.Remove(MirrorPart.Channel));
        Assert.True(_issues.Remove(MirrorPart.Investigation));
        Assert.Equal("not found", _issues.First?.Text);
    }

    [Fact]
    public void Another_issue_of_the_same_part_takes_the_place_of_the_one_before()
    {
        _issues.Set(MirrorPart.WarRoomToChat, new("first"));
        _issues.Set(MirrorPart.ChatSource, new("second"));
        var cause = TestErrors.Busy;
        _issues.Set(MirrorPart.WarRoomToChat, new("third", cause));
        Assert.Equal(new HealthIssue("third", cause), _issues.First);
        Assert.Equal(2, _issues.Count);
    }

    [Fact]
    public void When_the_first_is_over_the_next_one_is_shown()
    {
        _issues.Set(MirrorPart.WarRoomToChat, new("first"));
        _issues.Set(MirrorPart.ChatSource, new("second"));
        Assert.True(_issues.Remove(MirrorPart.WarRoomToChat));
        Assert.Equal("second", _issues.First?.Text);
        Assert.False(_issues.Remove(MirrorPart.WarRoomToChat));
        Assert.True(_issues.Remove(MirrorPart.ChatSource));
        Assert.Null(_issues.First);
    }

    [Fact]
    public void Each_part_has_its_own()
    {
        Assert.Null(_issues.Of(MirrorPart.ChatSource));
        _issues.Set(MirrorPart.WarRoomToChat, new("first"));
        _issues.Set(MirrorPart.ChatSource, new("second"));
        Assert.Equal("second", _issues.Of(MirrorPart.ChatSource)?.Text);
        Assert.Null(_issues.Of(MirrorPart.Channel));
    }
}
