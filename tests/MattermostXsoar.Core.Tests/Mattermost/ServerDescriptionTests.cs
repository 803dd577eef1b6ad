using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>What people read of a server before they rely on it.</summary>
public sealed class ServerDescriptionTests
{
    [Theory]
    [InlineData("5.37.0", "false", null, "Mattermost 5.37.0, without a license.", 0)]
    [InlineData("11.6.0", "true", "professional", "Mattermost 11.6.0, with the license 'professional'.", 0)]
    [InlineData("11.6.0", "true", null, "Mattermost 11.6.0, with a license.", 0)]
    [InlineData("", "false", null, "Mattermost of an unknown version, without a license.", 0)]
    [InlineData("5.36.1", "false", null, "Mattermost 5.36.1, without a license. Mattermost 5.36.1 is older than", 1)]
    public void Its_version_and_license_are_named_and_what_is_too_old_is_warned_of(
        string version,
        string isLicensed,
        string? product,
        string begins,
        int warnings
    )
    {
        var license = new ClientLicense { IsLicensed = isLicensed, Product = product };
        var server = ServerDescription.Of(version, license, null);
        Assert.StartsWith(begins, server.Text, StringComparison.Ordinal);
        Assert.Equal(warnings, server.Warnings.Count);
    }

    [Fact]
    public void A_limit_of_the_message_history_is_warned_of_with_the_time_since_when_messages_can_be_read()
    {
        var limits = new ServerLimits { PostHistoryLimit = 10_000, LastAccessiblePostTime = 1_796_019_478_636 };
        var warning = Assert.Single(ServerDescription.Of("11.6.0", new ClientLicense(), limits).Warnings);
        Assert.StartsWith(
            "This server shows only its newest 10,000 messages, now those since 2026-11-30",
            warning,
            StringComparison.Ordinal
        );
    }
}
