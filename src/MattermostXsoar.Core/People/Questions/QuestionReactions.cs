namespace MattermostXsoar.Core.People.Questions;

/// <summary>The reactions that stand for the options: thumbs for two, numbers for more.</summary>
internal static class QuestionReactions
{
    public const int MostOptions = 9;

    private static readonly string[] Thumbs = ["+1", "-1"];
    private static readonly string[] ThumbNames = ["thumbsup", "thumbsdown"];

    private static readonly string[] Numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>The emoji of the options, in their order, by Mattermost's names.</summary>
    public static IReadOnlyList<string> For(int options) => options == 2 ? Thumbs : [.. Numbers.Take(options)];

    /// <summary>The number of the option that an emoji stands for, from 0; -1 if for none.</summary>
    public static int Of(int options, string emoji)
    {
        // Whoever has chosen a skin tone reacts with it: +1_medium_skin_tone.
        var tone = emoji.IndexOf('_');
        var name =
            tone > 0 && emoji.EndsWith("_skin_tone", StringComparison.Ordinal) ? emoji.Substring(0, tone) : emoji;
        return options == 2 ? Math.Max(Array.IndexOf(Thumbs, name), Array.IndexOf(ThumbNames, name))
            : Array.IndexOf(Numbers, emoji) is var number && number < options ? number
            : -1;
    }
}
