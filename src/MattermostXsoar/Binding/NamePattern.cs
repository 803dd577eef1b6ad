using System.Management.Automation;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Binding;

/// <summary>Names with wildcards.</summary>
internal static class NamePattern
{
    // A wildcard behind a backtick stands for itself, which a pattern knows and the server does not.
    public static bool HasWildcards(string text) =>
        WildcardPattern.ContainsWildcardCharacters(text) || text.Contains('`');

    /// <summary>The pattern of a text that has wildcards; null for one without.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument for an invalid pattern such as
    /// <c>a[b</c>.</exception>
    public static WildcardPattern? Of(string text)
    {
        if (!HasWildcards(text))
            return null;
        try
        {
            var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
            // An invalid pattern throws only at its first use.
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException exception)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{text}' is not a valid wildcard pattern.",
                "Close the bracket, or put a backtick before a bracket that is not a wildcard.",
                exception
            );
        }
    }
}
