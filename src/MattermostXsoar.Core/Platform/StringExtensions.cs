#if !NET8_0_OR_GREATER
namespace MattermostXsoar.Core.Platform;

/// <summary>Members of string that only the modern framework has.</summary>
internal static class StringExtensions
{
    public static bool Contains(this string text, string value, StringComparison comparison) =>
        text.IndexOf(value, comparison) >= 0;

    public static bool EndsWith(this string text, char value) => text.Length > 0 && text[text.Length - 1] == value;
}
#endif
