using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>What the client sends is no longer than what a server reads: 8192 bytes (recorded of 11.6).</summary>
public sealed class RealtimeMessagesTests
{
    // {"seq":1,"action":"authentication_challenge","data":{"token":""}}
    private const int WithoutToken = 65;

    [Fact]
    public void A_challenge_of_8192_bytes_is_sent() => Assert.Equal(8192, Challenge(8192 - WithoutToken).Length);

    [Fact]
    public void A_longer_one_is_refused_before_it_is_sent_and_without_the_token()
    {
        var refused = Assert.Throws<MattermostXsoarException>(() => Challenge(8193 - WithoutToken));
        Assert.Equal(ErrorIds.InvalidArgument, refused.ErrorId);
        Assert.DoesNotContain("xxx", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ping_is_short_whatever_its_number()
    {
        var ping = RealtimeMessages.Ping(long.MaxValue);
        Assert.InRange(ping.Length, 1, 100);
        Assert.Contains(
            long.MaxValue.ToString(CultureInfo.InvariantCulture),
            System.Text.Encoding.UTF8.GetString(ping),
            StringComparison.Ordinal
        );
    }

    private static byte[] Challenge(int tokenLength) =>
        RealtimeMessages.Challenge(1, new AccessToken(new string('x', tokenLength), new SecretRedactor()));
}
