using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Markup;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>What a question must be like, so that it can be answered.</summary>
internal static class QuestionRules
{
    private const int LongestOption = 100;

    /// <exception cref="MattermostXsoarException">InvalidArgument.</exception>
    public static void Check(QuestionDraft draft)
    {
        if (draft.Text.Trim().Length == 0)
            throw Invalid("The question is empty.", "Give a -Message.");
        if (draft.Options.Count is < 2 or > QuestionReactions.MostOptions)
            throw Invalid(
                $"A question has from 2 to {QuestionReactions.MostOptions} options; these are {draft.Options.Count}.",
                "Give them with -Option."
            );
        foreach (var option in draft.Options)
            Check(option);
        for (var i = 0; i < draft.Options.Count; i++)
        {
            if (QuestionChoice.Of(draft.Options, draft.Options[i]) is var first && first != i)
                throw Invalid(
                    $"The options '{draft.Options[first]}' and '{draft.Options[i]}' are alike: case, blanks, quotes, "
                        + "emphasis and a full stop do not distinguish answers.",
                    "Give options that differ in a letter or digit."
                );
        }

        if (draft.Votes < 1 || (draft.Answerers.Count > 0 && draft.Votes > draft.Answerers.Count))
            throw Invalid(
                $"{draft.Votes} votes for one option cannot be reached: {draft.Answerers.Count} may answer.",
                "Lower -Votes, or name more people with -Answerer."
            );
        if (draft.IsPersistent && draft.Votes > 1)
            throw Invalid("A question that takes several answers counts no votes.", "Omit -Persistent or -Votes.");
    }

    private static void Check(string option)
    {
        if (option.Trim().Length == 0 || option.Length > LongestOption || option.IndexOfAny(['\r', '\n', '`']) >= 0)
            throw Invalid(
                $"'{option}' cannot be an option.",
                $"An option is one line of at most {LongestOption} characters without a backtick."
            );
        // Mattermost takes such a reply for a command, and shows it to nobody.
        if (QuestionChoice.Plain(option) is ['/', ..])
            throw Invalid(
                $"'{option}' cannot be an option: Mattermost takes a reply that begins with '/' for a command.",
                "Give an option that begins otherwise."
            );
    }

    private static MattermostXsoarException Invalid(string message, string advice) =>
        new(ErrorIds.InvalidArgument, ErrorKind.InvalidArgument, message, advice);
}
