using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>What is said of files beside the text of a line.</summary>
internal static class FileNote
{
    /// <summary>What a post's entry says of its files; empty where the file itself stands there.</summary>
    public static string For(DeliveryRecord line, PostPayload said) =>
        line.Kind == DeliveryKind.Message
            ? said.FileId.Length > 0 && line.Part > 0
                ? string.Format(CultureInfo.InvariantCulture, "*(file {0} of {1})*", line.Part + 1, said.Files)
                : ""
            : said.Files == 0
                ? ""
                : said.Files == 1
                    ? "*(1 file)*"
                    : string.Format(CultureInfo.InvariantCulture, "*({0} files)*", said.Files);

    /// <summary>That a file was not carried, and why.</summary>
    /// <param name="name">Its name, if known.</param>
    /// <param name="size">Its size in bytes; 0 when it is not known.</param>
    /// <param name="cause">Why.</param>
    /// <param name="where">The side that does not take it.</param>
    public static string NotCarried(string name, long size, MattermostXsoarException cause, string where)
    {
        var which = name.Length > 0 ? $"The file {Markdown.Name(name)}" : "A file";
        var bytes = size > 0 ? string.Format(CultureInfo.InvariantCulture, " ({0:N0} bytes)", size) : "";
        var why = cause.ErrorId switch
        {
            ErrorIds.FileTooLarge => $"it is too large for {where}",
            ErrorIds.FileNotFound => "it is not there any more",
            _ => $"{where} does not take it",
        };
        return $"*({which}{bytes} was not carried: {why}.)*";
    }
}
