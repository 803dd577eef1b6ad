using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.People.Questions;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>The JSON of the original's Ask script.</summary>
public sealed class AskMessageTests
{
    private const string Guid = "e95cb5a1-e394-4bc5-8ce0-508973aaf298";
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-30T10:00:00Z")]
    [InlineData("2026-11-30 10:00:00")]
    public void All_its_parts_are_taken_and_the_expiry_in_both_forms(string expiry)
    {
        var draft = Parse(
            $$"""
            {"message":"**Block?** - Please reply to this thread with `Block` or `Leave`.",
             "entitlement":"{{Guid}}@22|43","reply":"Thanks {user}","expiry":"{{expiry}}",
             "default_response":"NoResponse"}
            """
        );

        Assert.Equal("Block?", draft.Text);
        Assert.Equal(["Block", "Leave"], draft.Options);
        Assert.Equal((Guid, "22", "43"), (draft.Entitlement, draft.InvestigationId, draft.TaskId));
        Assert.Equal("Thanks {user}", draft.Reply);
        Assert.Equal("NoResponse", draft.DefaultResponse);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero), draft.ExpiresAt);
    }

    [Fact]
    public void What_is_left_out_has_the_originals_defaults()
    {
        var draft = Parse($$"""{"message":"Block?","entitlement":"{{Guid}}@22","defaultResponse":"Nobody"}""");

        Assert.Equal("Block?", draft.Text);
        Assert.Equal(["yes", "no"], draft.Options);
        Assert.Equal("", draft.TaskId);
        Assert.Equal("Thank you **{user}**. You have answered **{response}** .", draft.Reply);
        Assert.Equal("Nobody", draft.DefaultResponse);
        Assert.Null(draft.ExpiresAt);
        Assert.Equal(TimeSpan.FromDays(1), draft.Lifetime);
    }

    [Fact]
    public void An_expiry_that_cannot_be_read_is_one_day_and_a_warning()
    {
        var warnings = new List<string>();

        var draft = AskMessage.Parse(
            $$"""{"message":"Block?","entitlement":"{{Guid}}@22","expiry":"tomorrow"}""",
            Now,
            warnings.Add
        );

        Assert.Null(draft.ExpiresAt);
        Assert.Contains("tomorrow", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Block?")]
    [InlineData("[]")]
    [InlineData("""{"message":"Block?"}""")]
    [InlineData("""{"message":"","entitlement":"e95cb5a1-e394-4bc5-8ce0-508973aaf298@22"}""")]
    [InlineData("""{"message":"Block?","entitlement":"e95cb5a1@22"}""")]
    [InlineData("""{"message":"Block?","entitlement":"e95cb5a1-e394-4bc5-8ce0-508973aaf298@22|43|9"}""")]
    [InlineData(
        """{"message":"Block?","entitlement":"e95cb5a1-e394-4bc5-8ce0-508973aaf298@22","expiry":"2026-11-30 08:59:59"}"""
    )]
    public void Anything_else_is_refused(string json) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<MattermostXsoarException>(() => Parse(json)).ErrorId);

    [Theory]
    [InlineData("1 day", 1440)]
    [InlineData("90 minutes", 90)]
    [InlineData("2 hours", 120)]
    [InlineData("02:30:00", 150)]
    [InlineData("1.00:00:00", 1440)]
    public void Lifetimes_are_read(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), QuestionLifetime.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0 hours")]
    [InlineData("-01:00:00")]
    [InlineData("900000 weeks")]
    public void Other_lifetimes_are_not(string text) => Assert.Null(QuestionLifetime.Parse(text));

    private static QuestionDraft Parse(string json) => AskMessage.Parse(json, Now, _ => { });
}
