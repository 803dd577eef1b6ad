using System.Management.Automation;

namespace MattermostXsoar.Completion;

/// <summary>Completes words that the module knows itself.</summary>
internal static class KnownWords
{
    public static IEnumerable<CompletionResult> Complete(string? typed, IEnumerable<string> words)
    {
        var word = TypedWord.Parse(typed);
        return words.Where(word.Begins).Select(known => new CompletionResult(ArgumentText.Of(known, word) ?? known));
    }
}
