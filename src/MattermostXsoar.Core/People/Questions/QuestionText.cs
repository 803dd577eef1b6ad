using System.Globalization;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>What the posts and entries of a question say. The texts that people know are the original's.</summary>
internal static class QuestionText
{
    /// <summary>The original's default.</summary>
    public const string DefaultResponse = "No response was received from the user.";

    /// <summary>The original's default, with its blank before the full stop.</summary>
    public const string Reply = "Thank you **{user}**. You have answered **{response}** .";

    private const int LongestQuote = 200;

    private static readonly MentionGuard NoMentions = new();

    // The question as the original's script composes it, with its options.
    private static readonly Regex Composed = new(
        @"^\*\*(?<question>.+?)\*\* - Please reply to this thread with `(?<one>[^`]+)` or `(?<two>[^`]+)`\.?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The post that asks.</summary>
    public static string Ask(string question, IReadOnlyList<string> options)
    {
        var asked = question.IndexOf('\n') < 0 ? $"**{question}** - " : question.TrimEnd() + "\n\n";
        var text = $"{asked}Please reply to this thread with {List(options)}.";
        if (options.Count == 2)
            return text;
        var emoji = QuestionReactions.For(options.Count);
        return text + "\n" + string.Join("  ", options.Select((option, i) => $":{emoji[i]}: {Code(option)}"));
    }

    /// <summary>The question and options of a text that <see cref="Ask"/> or the original composed; null for another.</summary>
    public static (string Question, IReadOnlyList<string> Options)? Parse(string text)
    {
        var match = Composed.Match(text);
        return match.Success
            ? (match.Groups["question"].Value, [match.Groups["one"].Value, match.Groups["two"].Value])
            : null;
    }

    /// <summary>The answer to a reply that is no option.</summary>
    public static string Help(QuestionRecord question) =>
        $"I did not understand the answer. Please reply to this thread with {List(question.Options)}.";

    /// <summary>What replaces the question when it has ended.</summary>
    public static string End(QuestionRecord question, AnswerRecord? answer) =>
        question.State switch
        {
            QuestionState.Answered when answer is not null =>
                $"{Fill(question.Reply, answer)}\n\n{Quote(question)}\n*{Who(answer)}, {Time(answer.AnsweredAt)}*",
            QuestionState.Expired when question.AnsweredBy is null =>
                $"{question.DefaultResponse}\n\n{Quote(question)}\n*Expired {Time(question.ExpiresAt)}*",
            QuestionState.Expired => $"This question takes no more answers.\n\n{Quote(question)}\n"
                + $"*Expired {Time(question.ExpiresAt)}*",
            _ => $"This question was cancelled.\n\n{Quote(question)}\n*Cancelled {Time(question.ClosedAt)}*",
        };

    /// <summary>What a persistent question says to each answer in its thread.</summary>
    public static string Thanks(QuestionRecord question, AnswerRecord answer) => Fill(question.Reply, answer);

    /// <summary>The entry of an answer, without its footer.</summary>
    public static string Entry(QuestionRecord question, AnswerRecord answer, string? xsoarUser)
    {
        var asked = Markdown.OneLine(MentionGuard.Restore(question.Text), LongestQuote);
        if (answer.UserId.Length == 0)
            return $"{question.DefaultResponse}\n> {asked}";
        var account = xsoarUser is null ? "" : $", XSOAR user {Markdown.Name(xsoarUser)}";
        return $"**{Name(answer)}**{account}, answered: **{answer.Answer}**\n> {asked}";
    }

    /// <summary>The comment on a task that an answer completes.</summary>
    public static string Comment(AnswerRecord answer) =>
        answer.UserId.Length == 0
            ? "Nobody answered in Mattermost in time."
            : $"Answered by {Name(answer)} in Mattermost.";

    private static string Fill(string reply, AnswerRecord answer) =>
        reply.Replace("{user}", NoMentions.Defuse(Markdown.Name(answer.Username))).Replace("{response}", answer.Answer);

    private static string Who(AnswerRecord answer) => NoMentions.Defuse(Name(answer));

    private static string Name(AnswerRecord answer) =>
        answer.FullName.Length > 0
            ? $"{Markdown.Name(answer.FullName)} (@{Markdown.Name(answer.Username)})"
            : $"@{Markdown.Name(answer.Username)}";

    private static string Quote(QuestionRecord question) =>
        Markdown.Quote(NoMentions.Defuse(question.Text.Replace("\r\n", "\n").TrimEnd()));

    private static string List(IReadOnlyList<string> options) =>
        string.Join(", ", options.Take(options.Count - 1).Select(Code)) + " or " + Code(options[options.Count - 1]);

    private static string Code(string option) => PlainText.Span(option);

    private static string Time(DateTimeOffset? time) =>
        time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";
}
