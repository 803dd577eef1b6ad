using MattermostXsoar.Core.Notifications;
using Xunit;

namespace MattermostXsoar.Core.Tests.Notifications;

/// <summary>Which notifications are sent, where, and with what text.</summary>
public sealed class NotificationTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "alerts", "alerts")]
    [InlineData("test", "alerts", "test")]
    [InlineData("incidentNotificationChannel", "alerts", "alerts")]
    [InlineData("incidentnotificationchannel", "alerts", "alerts")]
    [InlineData("incidentNotificationChannel", null, null)]
    [InlineData(null, "incidentNotificationChannel", null)]
    public void The_channel_is_the_caller_s_then_the_session_s_then_the_default(
        string? asked,
        string? configured,
        string? chosen
    ) => Assert.Equal(chosen, NotificationChannel.Choose(asked, configured));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("mirrorEntry", true)]
    [InlineData("externalAskSubmit", true)]
    [InlineData("externalFormSubmit", true)]
    [InlineData("incidentOpened", true)]
    [InlineData("INCIDENTOPENED", true)]
    [InlineData("incidentClosed", false)]
    [InlineData("mentionNew", false)]
    public void Only_permitted_types_are_sent(string? type, bool isSent) =>
        Assert.Equal(isSent, NotificationTypes.IsPermitted(type, ["incidentOpened"]));

    [Fact]
    public void The_link_is_on_a_line_of_its_own()
    {
        Assert.Equal("two\nlines", NotificationText.Compose("two\nlines", null));
        Assert.Equal(
            "said\nView it on: https://xsoar.example.com/#/WarRoom/1/96@1",
            NotificationText.Compose("said", new Uri("https://xsoar.example.com/#/WarRoom/1/96@1"))
        );
    }

    [Theory]
    [InlineData("96@1234", "1234")]
    [InlineData("a@INCIDENT-7", "INCIDENT-7")]
    [InlineData("96", null)]
    [InlineData("96@", null)]
    [InlineData("@1234", null)]
    public void The_investigation_is_taken_from_an_entry(string entryId, string? investigationId) =>
        Assert.Equal(investigationId, NotificationText.InvestigationOf(entryId));
}
