using MattermostXsoar.Core.Mirroring.Resilience;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

public sealed class ChannelNamingTests
{
    [Theory]
    [InlineData("The channel abc is gone.", "The channel triage is gone.")]
    [InlineData(
        "[GET /api/v4/channels/abc/posts?after=x: HTTP 403]",
        "[GET /api/v4/channels/{channel_id}/posts?after=x: HTTP 403]"
    )]
    [InlineData("[POST /api/v4/files?channel_id=abc]", "[POST /api/v4/files?channel_id={channel_id}]")]
    [InlineData("nothing of it", "nothing of it")]
    public void People_see_the_name_of_a_channel_and_addresses_stay_addresses(string text, string shown)
    {
        Assert.Equal(shown, ChannelNaming.Show(text, "abc", "triage"));
    }
}
