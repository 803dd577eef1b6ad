using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.People.Questions;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>Questions that cannot be answered are refused before anything is posted.</summary>
public sealed class QuestionRulesTests
{
    public static TheoryData<string> Refused =>
        ["yes", "yes|Yes", "yes|**yes**", "yes|/no", "yes| ", "yes|no `x`", "1|2|3|4|5|6|7|8|9|10"];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_that_could_not_be_chosen_are_refused(string options)
    {
        var draft = new QuestionDraft { Text = "Block?", Options = options.Split('|') };

        var error = Assert.Throws<MattermostXsoarException>(() => QuestionRules.Check(draft));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public void Two_to_nine_different_options_are_fine()
    {
        QuestionRules.Check(new QuestionDraft { Text = "Block?" });
        QuestionRules.Check(
            new QuestionDraft { Text = "Which?", Options = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] }
        );
    }

    [Fact]
    public void More_votes_than_people_are_refused()
    {
        var draft = new QuestionDraft { Text = "Block?", Answerers = [new MattermostUser { Id = "u" }] };

        QuestionRules.Check(draft);
        Assert.Throws<MattermostXsoarException>(() => QuestionRules.Check(draft with { Votes = 2 }));
        Assert.Throws<MattermostXsoarException>(() =>
            QuestionRules.Check(draft with { Answerers = [], Votes = 2, IsPersistent = true })
        );
    }
}
